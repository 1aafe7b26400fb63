package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.core.protocol.WireJson;
import tools.jackson.databind.JsonNode;

/**
 * Talks to a facilitator as anybody can: HTTP and JSON.
 */
final class FacilitatorClient {

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI url;

	private final String origin;

	private final String key;

	private final Duration deadline;

	FacilitatorClient(URI url) {
		this(url, Duration.ofMinutes(2));
	}

	/** One that waits only so long for an answer. */
	FacilitatorClient(URI url, Duration deadline) {
		this(url, "https://shop.example", null, deadline);
	}

	private FacilitatorClient(URI url, String origin, String key, Duration deadline) {
		this.url = url;
		this.origin = origin;
		this.key = key;
		this.deadline = deadline;
	}

	FacilitatorClient from(String origin) {
		return new FacilitatorClient(this.url, origin, this.key, this.deadline);
	}

	FacilitatorClient with(String key) {
		return new FacilitatorClient(this.url, this.origin, key, this.deadline);
	}

	Reply get(String path) {
		return get(path, "application/json");
	}

	Reply get(String path, String accept) {
		HttpRequest.Builder request = request(path).header("Accept", accept);
		return exchange((this.key != null) ? request.header("Authorization", this.key).build() : request.build());
	}

	Reply post(String path, Object body) {
		return postText(path, new String(WireJson.write(body)));
	}

	/** What a browser asks before it lets a page call. */
	Reply preflight(String path, String method) {
		return exchange(request(path).header("Origin", this.origin)
			.header("Access-Control-Request-Method", method)
			.method("OPTIONS", HttpRequest.BodyPublishers.noBody())
			.build());
	}

	Reply postText(String path, String body) {
		return send("POST", path, body);
	}

	Reply delete(String path) {
		return send("DELETE", path, "");
	}

	Reply delete(String path, Object body) {
		return send("DELETE", path, new String(WireJson.write(body)));
	}

	private Reply send(String method, String path, String body) {
		HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
			.header("Origin", this.origin)
			.method(method, HttpRequest.BodyPublishers.ofString(body));
		return exchange((this.key != null) ? request.header("Authorization", this.key).build() : request.build());
	}

	Reply verify(Map<String, Object> payment) {
		return post("/verify", payment);
	}

	Reply settle(Map<String, Object> payment) {
		return post("/settle", payment);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.url.resolve(path)).timeout(this.deadline);
	}

	private Reply exchange(HttpRequest request) {
		try {
			HttpResponse<byte[]> response = this.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
			boolean json = response.headers().firstValue("Content-Type").orElse("").matches("application/json(;.*)?");
			JsonNode body = json ? WireJson.read(response.body(), JsonNode.class) : null;
			return new Reply(response.statusCode(), body, response);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	record Reply(int status, JsonNode body, HttpResponse<byte[]> response) {

		String text(String pointer) {
			JsonNode node = this.body.at("/" + pointer);
			return node.isMissingNode() ? null : node.asString();
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse(null);
		}

	}

}
