package io.github.x402sessions.spring.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.ShopDatabase;
import io.github.x402sessions.spring.X402Price;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that keeps a journal of its payments beside tables of its own.
 */
class JournalledApplicationTests {

	private static final String COMMITMENT = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";

	private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

	private static ShopDatabase database;

	@ParameterizedTest
	@EnumSource
	void everyEventIsARowAndTheSumsAreThoseOfTheRevenue(ShopDatabase.Kind kind) throws Exception {
		database = ShopDatabase.of(kind);
		try (RunningShop shop = new RunningShop(Application.class, "x402.journal.enabled=true",
				"spring.flyway.locations=classpath:shop/migration", "x402.facilitator.read-timeout=3s")) {
			for (int i = 0; i < 3; i++) {
				assertThat(shop.askWithPaymentFor("/chat", "/chat")).isEqualTo("200 goods");
			}
			assertThat(shop.askWithPaymentFor("/broken", "/broken")).startsWith("500");
			shop.keepPending();
			assertThat(shop.askWithPaymentFor("/chat", "/chat")).startsWith("503");
			List<JournalEntry> entries = entries(shop, 6);
			assertThat(entries).extracting(JournalEntry::event)
				.containsExactlyInAnyOrder("settled", "settled", "settled", "settled", "paid_but_failed", "failed");
			assertThat(entries).allSatisfy((entry) -> {
				assertThat(entry.route()).isIn("/chat", "/broken");
				assertThat(entry.amount()).isEqualTo("1000000");
				assertThat(entry.network()).isEqualTo("stellar:testnet");
				assertThat(entry.payer()).isEqualTo("GP");
				assertThat(entry.recipient()).startsWith("GDWUSKGG");
				assertThat(entry.identifierHash()).matches("[0-9a-f]{64}");
				assertThat(Instant.parse(entry.at())).isBeforeOrEqualTo(Instant.parse(entry.updatedAt()));
			});
			assertThat(entries).filteredOn("event", "failed").singleElement().satisfies((entry) -> {
				assertThat(entry.status()).isEqualTo("unknown");
				assertThat(entry.transaction()).isNull();
				assertThat(entry.reason()).startsWith("settlement_");
			});
			JournalEntry broken = entries.stream()
				.filter((entry) -> entry.event().equals("paid_but_failed"))
				.findFirst()
				.orElseThrow();
			assertThat(broken.reason()).isEqualTo("500");
			assertThat(entries).filteredOn("id", broken.id())
				.extracting(JournalEntry::event)
				.containsExactlyInAnyOrder("settled", "paid_but_failed");
			assertThat(paid(entries)).isEqualTo(revenue(shop)).isEqualTo(BigInteger.valueOf(4_000_000));
			assertThat(exported(shop, true).lines()).hasSize(7)
				.first()
				.asString()
				.startsWith(
						"id,status,amount,asset,network,transaction,ledger,at,updatedAt,payer,handle,deferred,resource,");
			assertThat(exported(shop, false).lines()).hasSize(6)
				.allMatch((line) -> line.startsWith("{\"id\":") && line.contains("\"event\":"));
			assertThat(exported(shop, true)).doesNotContain("sessionId");
			MeterRegistry meters = shop.bean(MeterRegistry.class);
			assertThat(meters.get("x402.journal.written").functionCounter().count()).isEqualTo(6);
			assertThat(meters.get("x402.journal.lost").functionCounter().count()).isZero();
			assertThat(meters.get("x402.journal.waiting").gauge().value()).isZero();
			assertThat(database.jdbc().sql("select count(*) from shop").query(Integer.class).single())
				.as("the application's own migration came first")
				.isZero();
		}
	}

	@Test
	void deferredPaymentIsFollowedToItsEnd() throws Exception {
		database = ShopDatabase.of(ShopDatabase.Kind.POSTGRESQL);
		String ends = String.join(",", row(COMMITMENT, "confirmed"), row("cmt_lost", "defaulted"),
				row("cmt_lost", "written_off"), row("cmt_lost", "written_off"));
		try (RunningShop shop = RunningShop.deferring(COMMITMENT, ends, Application.class, "x402.journal.enabled=true",
				"x402.routes[0].path=/later/**", "x402.routes[0].price=0.01", "x402.routes[0].settlement=deferred")) {
			assertThat(shop.askWithPaymentFor("/later/on", "/later/on")).startsWith("404");
			Eventually.holds(() -> assertThat(entries(shop)).extracting(JournalEntry::status)
				.contains("confirmed", "defaulted", "written_off"));
			assertThat(entries(shop)).filteredOn("event", "deferral_ended")
				.extracting((entry) -> entry.id() + " " + entry.status())
				.containsExactlyInAnyOrder(COMMITMENT + " confirmed", "cmt_lost defaulted", "cmt_lost written_off");
			assertThat(entries(shop)).filteredOn("id", COMMITMENT)
				.filteredOn("event", "deferral_ended")
				.singleElement()
				.satisfies((entry) -> {
					assertThat(entry.ledger()).isEqualTo(42);
					assertThat(entry.handle()).isEqualTo("d90bad9738418127");
					assertThat(entry.at()).isEqualTo("2026-01-02T03:04:05Z");
				});
		}
	}

	@Test
	void paymentsGoOnWithoutTheDatabaseAndNothingIsLost() throws Exception {
		database = ShopDatabase.of(ShopDatabase.Kind.POSTGRESQL);
		try (RunningShop shop = new RunningShop(Application.class, "x402.journal.enabled=true")) {
			database.away(true);
			for (int i = 0; i < 5; i++) {
				assertThat(shop.askWithPaymentFor("/chat", "/chat")).isEqualTo("200 goods");
			}
			database.away(false);
			assertThat(paid(entries(shop, 5))).isEqualTo(BigInteger.valueOf(5_000_000));
			database.away(true);
			assertThat(shop.askWithPaymentFor("/chat", "/chat")).isEqualTo("200 goods");
			database.away(false);
		}
		assertThat(database.jdbc().sql("select count(*) from x402_journal").query(Integer.class).single())
			.as("after a stop")
			.isEqualTo(6);
	}

	private static List<JournalEntry> entries(RunningShop shop, int count) {
		Eventually.holds(() -> assertThat(entries(shop)).hasSize(count));
		return entries(shop);
	}

	private static List<JournalEntry> entries(RunningShop shop) {
		return shop.bean(JournalExport.class).page(Instant.EPOCH, LAST, null);
	}

	/** What is paid: each payment once, however often was heard of it. */
	private static BigInteger paid(List<JournalEntry> entries) {
		return entries.stream()
			.filter((entry) -> entry.event().equals("settled"))
			.map((entry) -> new BigInteger(entry.amount()))
			.reduce(BigInteger.ZERO, BigInteger::add);
	}

	private static BigInteger revenue(RunningShop shop) {
		double sum = shop.bean(MeterRegistry.class)
			.get("x402.revenue")
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
		return BigInteger.valueOf((long) sum);
	}

	private static String exported(RunningShop shop, boolean table) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		JournalExport export = shop.bean(JournalExport.class);
		if (table) {
			export.csv(Instant.EPOCH, LAST, out);
		}
		else {
			export.jsonLines(Instant.EPOCH, LAST, out);
		}
		return out.toString(StandardCharsets.UTF_8);
	}

	private static String row(String id, String status) {
		return """
				{"id":"%s","status":"%s","amount":"70","asset":"C","network":"stellar:testnet","ledger":42,
				"at":"2026-01-02T03:04:05Z","handle":"d90bad9738418127","deferred":true}""".formatted(id, status);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import(Api.class)
	static class Application {

		@Bean
		DataSource dataSource() {
			return database;
		}

	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price("0.10")
		String chat() {
			return "goods";
		}

		@GetMapping("/broken")
		@X402Price(value = "0.10", settlement = SettlementTiming.BEFORE_HANDLER)
		String broken() {
			throw new IllegalStateException("out of goods");
		}

	}

}
