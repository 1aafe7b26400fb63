package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.deferred.redemption.OpenParties;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionObserver;
import io.github.x402sessions.facilitator.discovery.CatalogueObserver;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.transfer.Parties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the operator sees: health, figures, and a log that gives no session away.
 */
class OperationsTests {

	@Test
	void processTellsItsHealthAndItsFigures(@TempDir Path directory) throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open();
				HookServer receiver = new HookServer()) {
			environment.stop();
			String seed = new String(environment.spender.getSecretSeed());
			Path keys = Files.writeString(directory.resolve("spender"), seed);
			Map<String, String> more = new HashMap<>(receiver.properties(0, "shop"));
			more.put("facilitator.secret", "");
			more.put("facilitator.secret-file", keys.toString());
			try (ConfigurableApplicationContext context = standalone(environment, more)) {
				URI url = URI
					.create("http://localhost:" + ((WebServerApplicationContext) context).getWebServer().getPort());
				FacilitatorClient client = new FacilitatorClient(url);
				environment.client = client;
				URI inside = inside(context);
				FacilitatorClient operator = new FacilitatorClient(inside);
				ListAppender<ILoggingEvent> log = log();
				String id = environment.payer().session(1_000_000);
				assertThat(client.verify(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
				assertThat(client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
				assertThat(client.settle(Payments.of(environment, id, "5000000")).status()).isEqualTo(400);
				assertThat(client.get("/sessions/" + id).status()).isEqualTo(200);

				Reply health = operator.get("/actuator/health");
				assertThat(health.status()).as("%s", text(inside, "/actuator/health")).isEqualTo(200);
				String components = text(inside, "/actuator/health");
				assertThat(components).contains("\"ledger\"", "\"fees\"", "\"books\"", "\"spender\":\"9");
				String figures = text(inside, "/actuator/prometheus");
				assertThat(figures)
					.contains("x402_facilitator_settle_seconds_count{outcome=\"settled\"} 1",
							"x402_facilitator_settle_seconds_count{outcome=\"cap_exceeded\"} 1",
							"x402_facilitator_verify_seconds_count{outcome=\"valid\"} 1",
							"x402_facilitator_reservations 0.0", "x402_facilitator_confirmation_ledgers ",
							"x402_facilitator_stage_seconds_count{end=\"done\",stage=\"prepare\"} 1",
							"x402_facilitator_stage_seconds_count{end=\"confirmed\",stage=\"confirm\"} 1",
							"x402_facilitator_channels 1.0", "x402_facilitator_transactions_oldest_seconds 0.0",
							"x402_facilitator_key_problems{problem=\"signer\"} 0.0",
							"x402_facilitator_key_problems{problem=\"elsewhere\"} 0.0",
							"x402_facilitator_events_given_up_total{receiver=\"shop\"} 0.0",
							"x402_facilitator_sponsorships_total{outcome=\"refused\"} 0.0",
							"x402_facilitator_lumens{account=\"spender\"} 9", "uri=\"/sessions/{id}\"")
					.containsPattern("x402_facilitator_fees_stroops_total [1-9]");
				assertThat(figures).doesNotContain(id);
				assertThat(client.post("/hold", Payments.of(environment, id, "100000")).status()).isNotEqualTo(404);
				observeWhatIsRare(context, environment);
				assertThat(text(inside, "/actuator/prometheus").lines().map((line) -> line.replaceFirst("[ {].*", "")))
					.containsAll(figuresOf("alerts.yml", "alerts.test.yml", "dashboard.json"));
				Files.writeString(keys, "half of a se");
				Eventually.isTrue(() -> text(inside, "/actuator/prometheus")
					.contains("x402_facilitator_key_problems{problem=\"file\"} 1.0"));
				Files.writeString(keys, seed);
				Eventually.isTrue(() -> text(inside, "/actuator/prometheus")
					.contains("x402_facilitator_key_problems{problem=\"file\"} 0.0"));
				assertThat(client.get("/actuator/health").status()).as("on the public port").isEqualTo(404);
				assertThat(log.list.toString()).contains("Session registered").doesNotContain(id);

				assertReadyOnlyWhileTheBooksCanBeWritten(environment, operator, log);
				environment.devnet.close();
				Eventually.isTrue(() -> operator.get("/actuator/health").status() == 503);
				assertThat(operator.get("/actuator/health/liveness").status()).isEqualTo(200);
				assertThat(log.list.toString()).doesNotContain(id);
			}
			environment.start(Map.of());
		}
	}

	/** The figures of commitments are there once there are commitments. */
	private static void observeWhatIsRare(ConfigurableApplicationContext context, FacilitatorEnvironment environment) {
		RedemptionObserver redemption = context.getBean(RedemptionObserver.class);
		redemption.open(List.of(new OpenParties(new Parties("CUSDC", "GPAYER", environment.merchant.getAccountId()),
				BigInteger.TEN, Instant.now(), 1, false, false, 1_000, Instant.now())));
		redemption.redeemed(1);
		redemption.defaulted("CUSDC", BigInteger.ONE);
		redemption.writtenOff("CUSDC", BigInteger.ONE);
		context.getBean(CatalogueObserver.class).ended(CatalogueObserver.Outcome.LISTED);
	}

	/** Return the names of figures in files for those who watch. */
	private static Set<String> figuresOf(String... files) throws IOException {
		Set<String> names = new TreeSet<>();
		for (String file : files) {
			Matcher name = Pattern.compile("x402_facilitator_\\w+")
				.matcher(Files.readString(Path.of("deploy/monitoring", file)));
			while (name.find()) {
				names.add(name.group());
			}
		}
		assertThat(names).hasSizeGreaterThan(15);
		return names;
	}

	private static void assertReadyOnlyWhileTheBooksCanBeWritten(FacilitatorEnvironment environment,
			FacilitatorClient operator, ListAppender<ILoggingEvent> log) {
		try (TestDatabase books = environment.openDatabase()) {
			assertThat(operator.get("/actuator/health/readiness").status()).isEqualTo(200);
			books.jdbc().sql("""
					create trigger full before insert on facilitator_node
					begin select raise(abort, 'disk is full'); end""").update();
			Eventually.isTrue(() -> operator.get("/actuator/health/readiness").status() == 503);
			assertThat(operator.get("/actuator/health/liveness").status()).isEqualTo(200);
			assertThat(log.list).filteredOn((line) -> line.getLoggerName().contains("BooksHealth")).isEmpty();
			books.jdbc().sql("drop trigger full").update();
			Eventually.isTrue(() -> operator.get("/actuator/health/readiness").status() == 200);
		}
	}

	@Test
	void callerWhoWaitsIsServedBeforeTheEnd() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String id = environment.payer().session(1_000_000);
			environment.devnet.faults().pauseClosing();
			CompletableFuture<Reply> settling = CompletableFuture
				.supplyAsync(() -> environment.client.settle(Payments.of(environment, id, "100000")));
			Eventually.isTrue(() -> "100000".equals(environment.client.get("/sessions/" + id).text("reserved")));
			CompletableFuture<Void> stopping = CompletableFuture.runAsync(environment::stop);
			Eventually.isTrue(() -> isRefused(environment));
			assertThat(settling).isNotDone();
			environment.devnet.faults().resumeClosing();
			assertThat(settling.join().status()).isEqualTo(200);
			stopping.join();
			environment.start(Map.of());
			assertThat(environment.client.get("/sessions/" + id).text("spent")).isEqualTo("100000");
		}
	}

	/** Where operators look: unless told otherwise, only from this machine. */
	private static URI inside(ConfigurableApplicationContext context) {
		Environment environment = context.getEnvironment();
		assertThat(environment.getProperty("management.server.address")).isEqualTo("127.0.0.1");
		return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.management.port"));
	}

	/** A connection that was made in the moment of closing may hang. */
	private static boolean isRefused(FacilitatorEnvironment environment) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(environment.server().url().getHost(), environment.server().port()),
					1000);
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	/** Everything that we say ourselves, and what others say unasked. */
	private static ListAppender<ILoggingEvent> log() {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		((Logger) LoggerFactory.getLogger("io.github.x402sessions")).setLevel(Level.TRACE);
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
		return log;
	}

	private static ConfigurableApplicationContext standalone(FacilitatorEnvironment environment,
			Map<String, String> more) {
		Map<String, String> properties = environment.properties(Map.of("management.endpoints.web.exposure.include",
				"health,prometheus", "management.endpoint.health.show-details", "always",
				"management.endpoint.health.cache.time-to-live", "10ms", "management.server.port", "0"));
		properties.putAll(more);
		return FacilitatorApplication.application()
			.run(properties.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
	}

	private static String text(URI url, String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(url.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

}
