package io.github.x402sessions.facilitator;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.config.InvalidPropertyFailureAnalyzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Wrong configuration stops the start and says what to do.
 */
class ConfigurationTests {

	private static final String SECRET = new String(KeyPair.random().getSecretSeed());

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "facilitator.network,stellar:moon", "facilitator.rpc-url,localhost:8000",
			"facilitator.rpc-url,ftp://x/rpc", "facilitator.rpc-urls,localhost:8000", "facilitator.rpc-url,http://a b",
			"facilitator.assets,USDC", "facilitator.recipients,GABC", "facilitator.max-per-call,much",
			"facilitator.max-per-call,0", "facilitator.max-per-call,0.00000001",
			"facilitator.database-url,jdbc:h2:mem:x", "facilitator.database-url,jdbc:sqlite::memory:",
			"facilitator.database-url,jdbc:sqlite:", "facilitator.database-url,jdbc:sqlite:?cache=shared",
			"facilitator.database-url,jdbc:sqlite:file:", "facilitator.database-url,jdbc:sqlite:file:/x?vfs=memdb",
			"facilitator.database-url,jdbc:sqlite:file:x?Mode=Memory", "facilitator.settle-timeout,0s",
			"facilitator.poll-interval,1h", "facilitator.transaction-validity,-1s",
			"facilitator.transaction-validity,4500ms", "facilitator.min-per-call,-1", "facilitator.calls-per-minute,-1",
			"facilitator.rpc-standstill,0s", "facilitator.verify-hold,-1s", "facilitator.approvals.timeout,0s",
			"facilitator.access.cors-origins,https://x/y", "facilitator.access.max-request-size,2MB",
			"facilitator.access.requests-per-minute,-1", "facilitator.access.body-timeout,0s" })
	void wrongValueStopsTheStartAndIsNamed(String property, String value) {
		FailureAnalysis analysis = failure(
				Map.of("facilitator.secret", SECRET, "facilitator.access.mode", "open", property, value));
		assertThat(analysis.getDescription()).startsWith(property + " ").doesNotContain(SECRET);
		assertThat(analysis.getAction()).matches("(Set it|List) .*\\.").doesNotContain(SECRET);
	}

	@Test
	void operatorWithAResourceServersKeyStopsTheStart(@TempDir Path directory) {
		String hash = "aa".repeat(32);
		FailureAnalysis analysis = failure(Map.of("facilitator.secret", SECRET, "facilitator.rpc-url",
				"http://localhost:1/rpc", "server.port", "0", "facilitator.database-url",
				"jdbc:sqlite:" + directory.resolve("books.db"), "facilitator.admin.operators[0].name", "alice",
				"facilitator.admin.operators[0].hash", hash.toUpperCase(Locale.ROOT), "facilitator.access.keys[0].name",
				"shop", "facilitator.access.keys[0].hash", hash, "facilitator.access.keys[0].recipients",
				KeyPair.random().getAccountId()));
		assertThat(analysis.getDescription()).startsWith("facilitator.admin.operators[].hash ").doesNotContain(hash);
	}

	@ParameterizedTest
	@CsvSource({ "http://node/rpc", "http://other/rpc;http://NODE:80/rpc/",
			"http://a/rpc;http://b/rpc;http://a/x/../rpc" })
	void endpointThatIsNamedTwiceStopsTheStart(String urls) {
		FailureAnalysis analysis = failure(Map.of("facilitator.secret", SECRET, "facilitator.rpc-url",
				"http://node/rpc", "facilitator.rpc-urls", urls.replace(';', ',')));
		assertThat(analysis.getDescription()).startsWith("facilitator.rpc-urls ").doesNotContain("http");
	}

	@ParameterizedTest
	@CsvSource({ "recipients,GABC", "per-payer,0", "total,0.5", "first-credit,2", "first-credit,-1",
			"flush-amount,much", "max-age,2h" })
	void wrongLimitOfWhatIsLentStopsTheStartAndIsNamed(String property, String value) {
		FailureAnalysis analysis = failure(Map.of("facilitator.secret", SECRET, "facilitator.access.mode", "open",
				"facilitator.deferred." + property, value));
		assertThat(analysis.getDescription()).startsWith("facilitator.deferred." + property + " ");
		assertThat(analysis.getAction()).matches("(Set|List) .*\\.");
	}

	@ParameterizedTest
	@CsvSource({ "schemes,upto", "schemes,'exact,upto'", "schemes,''", "exact.max-fee,9999",
			"exact.fees-per-payer,0.001", "exact.failures-per-hour,0" })
	void wrongSettingOfTheSchemesStopsTheStartAndIsNamed(String property, String value) {
		FailureAnalysis analysis = failure(Map.of("facilitator.secret", SECRET, "facilitator.access.mode", "open",
				"facilitator." + property, value));
		assertThat(analysis.getDescription()).startsWith("facilitator." + property + " ").doesNotContain("upto");
		assertThat(analysis.getAction()).matches("Set .*\\.");
	}

	@ParameterizedTest
	@CsvSource({ "url,http://shop.example/hook", "events,payment.made" })
	void wrongWebhookStopsTheStartAndIsNamed(String property, String value) {
		Map<String, String> properties = new HashMap<>(Map.of("facilitator.secret", SECRET, "facilitator.rpc-url",
				"http://localhost:1/rpc", "facilitator.webhooks[0].name", "shop", "facilitator.webhooks[0].url",
				"https://shop.example/hook", "facilitator.webhooks[0].secret", HookServer.SECRET,
				"facilitator.database-url", "jdbc:sqlite:" + this.directory.resolve("books.db"), "server.port", "0"));
		properties.put("facilitator.webhooks[0]." + property, value);
		assertThat(failure(properties).getDescription()).startsWith("facilitator.webhooks[]." + property + " ");
	}

	@Test
	void whoLendsHasToBeNamed() {
		FailureAnalysis analysis = failure(Map.of("facilitator.secret", SECRET, "facilitator.access.mode", "open",
				"facilitator.deferred.enabled", "true"));
		assertThat(analysis.getDescription()).startsWith("facilitator.deferred.recipients is empty");
		assertThat(analysis.getAction()).contains("*");
	}

	@Test
	void missingSecretStopsTheStart() {
		FailureAnalysis analysis = failure(Map.of("facilitator.access.mode", "open"));
		assertThat(analysis.getDescription()).isEqualTo("facilitator.secret is missing");
		assertThat(analysis.getAction()).contains("FACILITATOR_SECRET");
	}

	@Test
	void facilitatorWithSomethingToLoseIsClosedAndNeedsKeys() {
		FailureAnalysis analysis = failure(Map.of("facilitator.secret", SECRET));
		assertThat(analysis.getDescription()).startsWith("facilitator.access.keys is empty");
		assertThat(analysis.getAction()).contains("facilitator.access.mode");
		assertThat(failure(Map.of("facilitator.secret", SECRET, "facilitator.rpc-url", "http://localhost:1/rpc",
				"facilitator.network", "stellar:pubnet"))
			.getDescription()).startsWith("facilitator.access.keys is empty");
	}

	@ParameterizedTest
	@CsvSource({ "name,' '", "hash,abc", "recipients,GABC" })
	void wrongKeyStopsTheStartAndIsNamed(String field, String value) {
		Map<String, String> properties = new HashMap<>(Map.of("facilitator.secret", SECRET,
				"facilitator.access.keys[0].name", "shop", "facilitator.access.keys[0].hash", "0".repeat(64),
				"facilitator.access.keys[0].recipients", KeyPair.random().getAccountId()));
		properties.put("facilitator.access.keys[0]." + field, value);
		assertThat(failure(properties).getDescription()).startsWith("facilitator.access.keys[]." + field + " ");
	}

	@Test
	void wrongSecretStopsTheStartAndIsNotRepeated() {
		String almost = SECRET.substring(0, 55) + (SECRET.endsWith("A") ? "B" : "A");
		Throwable thrown = start(Map.of("facilitator.secret", almost, "facilitator.access.mode", "open"));
		assertThat(causes(thrown)).noneMatch((cause) -> String.valueOf(cause.getMessage()).contains(almost));
		assertThat(analysis(thrown).getDescription()).startsWith("facilitator.secret ").doesNotContain(almost);
	}

	@Test
	void propertiesHideTheSecretAndFillInTheNetwork(@TempDir Path directory) {
		try (FacilitatorServer server = FacilitatorServer.start(Map.of("server.port", "0", "facilitator.secret", SECRET,
				"facilitator.rpc-url", "http://localhost:1/rpc", "facilitator.database-url",
				"jdbc:sqlite:" + directory.resolve("books.db")))) {
			assertThat(server.facilitator().supported().signers()).containsKey("stellar:*");
			assertThat(server.port()).isPositive();
		}
	}

	@Test
	void hostsOwnServerSettingsAreNotTheFacilitators(@TempDir Path directory) {
		Map<String, String> host = Map.of("server.servlet.context-path", "/host", "server.address", "127.0.0.2",
				"server.ssl.bundle", "host", "spring.mvc.servlet.path", "/app");
		host.forEach(System::setProperty);
		try (FacilitatorServer server = FacilitatorServer.start(Map.of("server.port", "0", "facilitator.secret", SECRET,
				"facilitator.rpc-url", "http://localhost:1/rpc", "facilitator.database-url",
				"jdbc:sqlite:" + directory.resolve("books.db")))) {
			assertThat(new FacilitatorClient(server.url()).get("/health").status()).isEqualTo(200);
		}
		finally {
			host.keySet().forEach(System::clearProperty);
		}
	}

	private static FailureAnalysis failure(Map<String, String> properties) {
		return analysis(start(properties));
	}

	private static Throwable start(Map<String, String> properties) {
		Throwable thrown = catchThrowable(() -> FacilitatorServer.start(properties).close());
		assertThat(thrown).isNotNull();
		return thrown;
	}

	private static FailureAnalysis analysis(Throwable thrown) {
		FailureAnalysis analysis = new InvalidPropertyFailureAnalyzer().analyze(thrown);
		assertThat(analysis).as("%s", thrown).isNotNull();
		return analysis;
	}

	private static Stream<Throwable> causes(Throwable thrown) {
		return Stream.iterate(thrown, (cause) -> cause != null, Throwable::getCause);
	}

}
