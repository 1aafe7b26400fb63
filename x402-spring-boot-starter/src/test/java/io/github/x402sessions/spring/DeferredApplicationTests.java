package io.github.x402sessions.spring;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.facilitator.notice.NoticeCursor;
import io.github.x402sessions.core.protocol.SettlementNotice;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose facilitator settles later on.
 */
class DeferredApplicationTests {

	private static final String COMMITMENT = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";

	private static final String USDC = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA";

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	@Test
	void whatIsOwedIsShownAndWhatBecomesOfItIsTold() throws Exception {
		String settlements = String.join(",", row("cmt_paid", "committed"), row("cmt_paid", "confirmed"),
				row("cmt_lost", "defaulted"));
		try (RunningShop shop = RunningShop.deferring(COMMITMENT, settlements, Application.class,
				"management.endpoints.web.exposure.include=x402", "x402.routes[0].path=/later/**",
				"x402.routes[0].price=0.01", "x402.routes[0].settlement=deferred");
				CapturedLog log = CapturedLog.of("io.github.x402sessions.spring.autoconfigure.PaymentLog",
						Level.INFO)) {
			assertThat(shop.challenge("/later/on").accepts().get(0).extra()).containsEntry("settlement", "deferred");
			assertThat(shop.challenge("/now").accepts().get(0).extra()).doesNotContainKey("settlement");
			Seller seller = shop.bean(Seller.class);
			Eventually.holds(() -> assertThat(seller.kept).containsValue("1"));
			assertThat(seller.heard).containsExactly("cmt_paid confirmed", "cmt_lost defaulted", "cmt_paid confirmed",
					"cmt_lost defaulted");
			assertThat(seller.kept).hasSize(1);

			assertThat(shop.askWithPaymentFor("/chat", "/chat")).isEqualTo("200 goods");
			assertThat(log.messages()).anyMatch((line) -> line.startsWith("Route '/chat' will be paid: 0.1 of")
					&& line.endsWith("by GP in commitment " + COMMITMENT));
			assertThat(shop.ask("/actuator/x402")).contains("\"owed\":[", "\"recipient\":\"" + MERCHANT + "\"",
					"\"open\":1,\"amount\":\"1000000\",\"oldest\":\"2", "\"defaulted\":\"70\"",
					"\"settlement\":\"DEFERRED\"");
			assertThat(gauge(shop, "open")).isEqualTo(1);
			assertThat(gauge(shop, "owed")).isEqualTo(1_000_000);
			assertThat(gauge(shop, "defaulted")).isEqualTo(70);
			assertThat(gauge(shop, "oldest")).isBetween(0.0, 60.0);
		}
	}

	@Test
	void nothingIsAskedWhereNoRouteDefers() throws Exception {
		try (RunningShop shop = RunningShop.deferring(COMMITMENT, "", Prompt.class,
				"management.endpoints.web.exposure.include=x402")) {
			assertThat(shop.ask("/actuator/x402")).contains("\"owed\":[]");
			assertThat(shop.bean(MeterRegistry.class).find("x402.deferred.open").gauges()).isEmpty();
			assertThat(shop.looks()).isZero();
		}
	}

	private static double gauge(RunningShop shop, String name) {
		return shop.bean(MeterRegistry.class)
			.get("x402.deferred." + name)
			.tag("recipient", MERCHANT)
			.tag("asset", USDC)
			.gauge()
			.value();
	}

	private static String row(String id, String status) {
		return """
				{"id":"%s","status":"%s","amount":"70","asset":"%s","network":"stellar:testnet",
				"at":"2026-01-02T03:04:05Z","deferred":true}""".formatted(id, status, USDC);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import(Api.class)
	static class Application {

		@Bean
		Seller seller() {
			return new Seller();
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	static class Prompt {

	}

	/** Keeps how far it has read, and fails once. */
	static class Seller implements PaymentListener, NoticeCursor {

		final List<String> heard = new CopyOnWriteArrayList<>();

		final Map<String, String> kept = new ConcurrentHashMap<>();

		@Override
		public void onDeferralEnded(String recipient, SettlementNotice notice) {
			this.heard.add(notice.id() + " " + notice.status());
			if (this.heard.size() == 2) {
				throw new IllegalStateException("the books are being copied");
			}
		}

		@Override
		public Optional<String> read(String facilitator, String recipient) {
			return Optional.ofNullable(this.kept.get(facilitator + recipient));
		}

		@Override
		public void keep(String facilitator, String recipient, String next) {
			this.kept.put(facilitator + recipient, next);
		}

	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price(value = "0.10", settlement = SettlementTiming.DEFERRED)
		String chat() {
			return "goods";
		}

		@GetMapping("/now")
		@X402Price("0.10")
		String now() {
			return "goods";
		}

	}

}
