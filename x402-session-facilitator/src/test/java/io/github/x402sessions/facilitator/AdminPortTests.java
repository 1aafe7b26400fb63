package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where there is an admin API, and where there is none.
 */
@ExtendWith(OutputCaptureExtension.class)
class AdminPortTests {

	private static final String LOGGED = "logging.level.io.github.x402sessions.facilitator.admin";

	private final FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();

	@AfterEach
	void close() {
		this.environment.close();
	}

	@Test
	void thereIsNoneWithoutAManagementPortOfItsOwn(CapturedOutput output) {
		try (ConfigurableApplicationContext context = AdministeredNode.run(this.environment
			.properties(AdministeredNode.properties(Map.of("management.server.port", "-1", LOGGED, "info"))))) {
			FacilitatorClient client = client(((WebServerApplicationContext) context).getWebServer().getPort());
			assertThat(client.with("Bearer " + AdministeredNode.ALICE).get("/admin/audit").status()).isEqualTo(404);
			assertThat(output.getOut()).contains("There is no admin API, though");
		}
	}

	@Test
	void thereIsNoneWithoutAnOperator(CapturedOutput output) {
		try (ConfigurableApplicationContext context = AdministeredNode
			.run(this.environment.properties(Map.of("management.server.port", "0", LOGGED, "info")))) {
			int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
			assertThat(client(port).get("/admin/audit").status()).isEqualTo(404);
			assertThat(client(port).get("/actuator/health").status()).isEqualTo(200);
			assertThat(output.getOut()).contains("facilitator.admin.operators is empty");
		}
	}

	@Test
	void thereIsNoneInAnothersProcess(CapturedOutput output) {
		this.environment.start(AdministeredNode.properties(Map.of()));
		assertThat(this.environment.client.with("Bearer " + AdministeredNode.ALICE).get("/admin/audit").status())
			.isEqualTo(404);
		assertThat(output.getOut()).contains("There is no admin API, though");
	}

	@Test
	void whatOneNodeFreezesNoOtherPaysAndEachIsDrainedByItself(CapturedOutput output) {
		try (TestDatabase database = TestDatabase.of(Dialect.POSTGRESQL);
				AdministeredNode first = AdministeredNode.start(this.environment, logged(database.properties()));
				FacilitatorServer second = FacilitatorServer
					.start(this.environment.properties(database.properties()))) {
			assertThat(output.getOut()).contains("The admin API is served to 2 operator(s)");
			FacilitatorClient other = new FacilitatorClient(second.url());
			String id = this.environment.payer().session(1_000_000);
			String path = "/admin/sessions/" + Sha256.hex(id).substring(0, 16);
			assertThat(other.verify(Payments.of(this.environment, id, "100000")).text("isValid")).isEqualTo("true");
			first.alice.post(path + "/freeze", Map.of());
			assertThat(other.settle(Payments.of(this.environment, id, "100000")).text("errorReason"))
				.isEqualTo("rate_limited");
			first.alice.post(path + "/unfreeze", Map.of());
			first.alice.post("/admin/drain", Map.of());
			assertThat(first.client.verify(Payments.of(this.environment, id, "100000")).status()).isEqualTo(503);
			assertThat(other.settle(Payments.of(this.environment, id, "100000")).status()).isEqualTo(200);
		}
	}

	/** Whatever a call says of itself, also where the container would believe it. */
	@Test
	void whoGuessesIsHeardOfByTheAddressOfTheConnection(CapturedOutput output)
			throws IOException, InterruptedException {
		try (AdministeredNode node = AdministeredNode.start(this.environment,
				Map.of("server.forward-headers-strategy", "native"))) {
			assertThat(drain(node, AdministeredNode.ALICE)).isEqualTo(200);
			assertThat(drain(node, "a-guess")).isEqualTo(401);
			assertThat(drain(node, "another-guess")).isEqualTo(401);
			assertThat(node.audit()).extracting((row) -> row.path("origin").asString()).containsOnly("127.0.0.1");
			assertThat(output.getOut()).containsOnlyOnce("had no operator's credential")
				.contains("A call to the admin API from 127.0.0.1 had")
				.doesNotContain("guess");
			assertThat(
					node.context.getBean(MeterRegistry.class).get("x402.facilitator.admin.refused").counter().count())
				.isEqualTo(2);
		}
	}

	private static int drain(AdministeredNode node, String credential) throws IOException, InterruptedException {
		int port = Integer.parseInt(node.context.getEnvironment().getRequiredProperty("local.management.port"));
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/drain"))
				.header("Authorization", "Bearer " + credential)
				.header("X-Forwarded-For", "203.0.113.7")
				.POST(HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	private static Map<String, String> logged(Map<String, String> properties) {
		Map<String, String> logged = new HashMap<>(properties);
		logged.put(LOGGED, "info");
		return logged;
	}

	private static FacilitatorClient client(int port) {
		return new FacilitatorClient(URI.create("http://localhost:" + port));
	}

}
