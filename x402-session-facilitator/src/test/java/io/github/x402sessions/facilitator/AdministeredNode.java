package io.github.x402sessions.facilitator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * A facilitator in a process of its own, as operators have it: with a management port and
 * the credentials of two of them.
 */
final class AdministeredNode implements AutoCloseable {

	static final String ALICE = "credential-of-alice";

	static final String BOB = "credential-of-bob";

	final ConfigurableApplicationContext context;

	/** The public port. */
	final FacilitatorClient client;

	/** The management port, with Alice's credential. */
	final FacilitatorClient alice;

	private final URI inside;

	private AdministeredNode(ConfigurableApplicationContext context) {
		this.context = context;
		this.client = new FacilitatorClient(
				URI.create("http://localhost:" + ((WebServerApplicationContext) context).getWebServer().getPort()));
		this.inside = URI
			.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.management.port"));
		this.alice = operator(ALICE);
	}

	/** Start one, and let the environment pay through it. */
	static AdministeredNode start(FacilitatorEnvironment environment, Map<String, String> more) {
		AdministeredNode node = new AdministeredNode(run(environment.properties(properties(more))));
		environment.client = node.client;
		return node;
	}

	static Map<String, String> properties(Map<String, String> more) {
		Map<String, String> properties = new HashMap<>(Map.of("management.server.port", "0",
				"management.endpoint.health.cache.time-to-live", "10ms", "facilitator.admin.operators[0].name", "alice",
				"facilitator.admin.operators[0].hash", Sha256.hex(ALICE), "facilitator.admin.operators[1].name", "bob",
				"facilitator.admin.operators[1].hash", Sha256.hex(BOB)));
		properties.putAll(more);
		return properties;
	}

	static ConfigurableApplicationContext run(Map<String, String> properties) {
		return FacilitatorApplication.application()
			.run(properties.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
	}

	/** The management port, with a credential, or with none. */
	FacilitatorClient operator(String credential) {
		FacilitatorClient nobody = new FacilitatorClient(this.inside);
		return (credential != null) ? nobody.with("Bearer " + credential) : nobody;
	}

	/** The rows of the audit log. */
	List<JsonNode> audit() {
		return lines(this.alice.get("/admin/audit"));
	}

	static List<JsonNode> lines(Reply reply) {
		String text = new String(reply.response().body(), StandardCharsets.UTF_8);
		return Arrays.stream(text.split("\n"))
			.filter((line) -> !line.isEmpty())
			.map((line) -> WireJson.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class))
			.toList();
	}

	/** The last rows, in a few words each. */
	List<String> lastRows(int count) {
		List<JsonNode> rows = audit();
		return rows.subList(Math.max(0, rows.size() - count), rows.size())
			.stream()
			.map((row) -> row.path("who").asString() + " " + row.path("action").asString() + " "
					+ row.path("before").asString("-") + " > " + row.path("after").asString("-") + " "
					+ row.path("outcome").asString())
			.toList();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
