package io.github.x402sessions.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to a network over bare HTTP, to see what the wire carries.
 */
final class RpcClient {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final URI uri;

	RpcClient(URI uri) {
		this.uri = uri;
	}

	/** The {@code result} of a call. */
	JsonNode result(String method, Map<String, ?> params) {
		return call(method, params).get("result");
	}

	JsonNode call(String method, Map<String, ?> params) {
		return json(JsonMapper.shared()
			.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params)));
	}

	JsonNode json(String body) {
		return JsonMapper.shared().readTree(post(body).body());
	}

	HttpResponse<String> post(String body) {
		return send(HttpRequest.newBuilder(this.uri).POST(HttpRequest.BodyPublishers.ofString(body)).build());
	}

	static HttpResponse<String> get(URI uri) {
		return send(HttpRequest.newBuilder(uri).build());
	}

	static HttpResponse<String> send(HttpRequest request) {
		try {
			return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
