package io.github.x402sessions.facilitator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.x402sessions.core.protocol.WireJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Honest requests with something broken in each of them, always the same ones: whatever
 * it is, the answer is a clear one, and the next honest request is served.
 */
class FuzzTests {

	private static final int ROUNDS = 250;

	private static final List<Object> STRANGE = List.of(1, -1, 1.5, true, List.of(), Map.of(), "", " ", "\u0000",
			"x".repeat(10_000), "\ud800", "9".repeat(40), "-1", "0x1", "G".repeat(56), Map.of("a", List.of(1)), "null",
			"' or 1=1 --", "${jndi:ldap://x}", 4_000_000_000L, 1e300);

	private static final byte[] BYTES = { 0, -1, '"', '{', '}', '[', ',', ':', '\\', '\n', (byte) 0xc3 };

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static FacilitatorEnvironment environment;

	private static Map<String, Map<String, Object>> honest;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
		Payer payer = environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		String id = environment.client.post("/sessions", claims).text("sessionId");
		Map<String, Object> signed = new LinkedHashMap<>(Proofs.signed(claims, payer.key));
		signed.put("transaction", "AAAAAgAAAAA=");
		Map<String, Object> wanted = new LinkedHashMap<>(claims);
		wanted.remove("approvalTxHash");
		Map<String, Object> payment = Payments.identified(environment, id, "pay_0123456789abcdef", "1");
		honest = Map.of("/sessions", signed, "/sessions/quote", wanted, "/verify", payment, "/settle", payment);
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sessions", "/sessions/quote", "/verify", "/settle" })
	void brokenRequestGetsAClearAnswer(String path) throws Exception {
		Random random = new Random(path.hashCode());
		for (int round = 0; round < ROUNDS; round++) {
			byte[] body = broken(honest.get(path), random);
			HttpResponse<String> answer = post(path, body);
			String sent = new String(body, StandardCharsets.UTF_8);
			assertThat(answer.statusCode()).as("%s %s", sent, answer.body()).isLessThan(500);
			assertThat(answer.body()).as(sent)
				.startsWith("{")
				.doesNotContain("Exception", "\tat ", "io.github", "org.s")
				.hasSizeLessThan(4_000);
			if (answer.statusCode() != 200) {
				assertThat(answer.body()).as(sent).containsAnyOf("\"error\":\"", "\"errorReason\":\"", "\"sessionId\"");
			}
		}
		assertThat(environment.client.get("/health").status()).isEqualTo(200);
	}

	@Test
	void strangeSessionIsNotFound() throws Exception {
		for (String id : new String[] { "%00", "%22", "..%2f", "%ff", "a".repeat(5_000), "%F0%9F%92%B8", ";x=1",
				"%20" }) {
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(environment.server().url() + "/sessions/" + id)).build(),
						HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(id).isBetween(400, 405);
			assertThat(answer.body()).as(id).doesNotContain("Exception", "\tat ");
		}
	}

	private static byte[] broken(Map<String, Object> request, Random random) {
		byte[] json = WireJson.write(replaced(request, random));
		return switch (random.nextInt(4)) {
			case 0 -> json;
			case 1 -> WireJson.write(replaced(request, random));
			case 2 -> Arrays.copyOf(WireJson.write(request), random.nextInt(json.length));
			default -> {
				json = WireJson.write(request);
				for (int i = 0; i <= random.nextInt(3); i++) {
					json[random.nextInt(json.length)] = BYTES[random.nextInt(BYTES.length)];
				}
				yield json;
			}
		};
	}

	/** Somewhere in the tree one value is strange or missing. */
	@SuppressWarnings("unchecked")
	private static Map<String, Object> replaced(Map<String, Object> object, Random random) {
		Map<String, Object> changed = new HashMap<>(object);
		List<String> names = object.keySet().stream().sorted().toList();
		String name = names.get(random.nextInt(names.size()));
		Object value = object.get(name);
		if (value instanceof Map<?, ?> inner && !inner.isEmpty() && random.nextInt(4) > 0) {
			changed.put(name, replaced((Map<String, Object>) inner, random));
		}
		else if (random.nextInt(5) == 0) {
			changed.remove(name);
		}
		else {
			changed.put(name, STRANGE.get(random.nextInt(STRANGE.size())));
		}
		return changed;
	}

	private static HttpResponse<String> post(String path, byte[] body) throws Exception {
		return HTTP.send(HttpRequest.newBuilder(environment.server().url().resolve(path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArray(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}