package io.github.x402sessions.client.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.BoundedResponse;
import io.github.x402sessions.core.protocol.WireJson;

/**
 * Exchanges JSON over HTTP: no redirects, no repeats, at most 1 MiB of answer, and one
 * deadline for the whole exchange including its body. Thread-safe.
 */
public final class JsonHttp {

	private static final int MAX_BODY_BYTES = 1024 * 1024;

	private final BoundedHttp http;

	private final Duration timeout;

	/**
	 * Create an exchange.
	 * @param connectTimeout how long connecting may take
	 * @param timeout how long a whole exchange may take
	 */
	public JsonHttp(Duration connectTimeout, Duration timeout) {
		this.http = new BoundedHttp(connectTimeout, MAX_BODY_BYTES);
		this.timeout = timeout;
	}

	/**
	 * Return what sends the requests.
	 * @return the client, for exchanges of another form
	 */
	public BoundedHttp client() {
		return this.http;
	}

	/**
	 * Return how long an exchange may take.
	 * @return the limit, body included
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Get a document.
	 * @param uri where it is
	 * @return the answer, whatever its status
	 * @throws IOException if there is no answer in time or it is too long
	 */
	public JsonResponse get(URI uri) throws IOException {
		return exchange(request(uri).GET());
	}

	/**
	 * Post a document.
	 * @param uri where to
	 * @param body a wire record
	 * @return the answer, whatever its status
	 * @throws IOException if there is no answer in time or it is too long
	 */
	public JsonResponse post(URI uri, Object body) throws IOException {
		return exchange(request(uri).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.write(body))));
	}

	/**
	 * Delete a document.
	 * @param uri where it is
	 * @return the answer, whatever its status
	 * @throws IOException if there is no answer in time or it is too long
	 */
	public JsonResponse delete(URI uri) throws IOException {
		return exchange(request(uri).DELETE());
	}

	private static HttpRequest.Builder request(URI uri) {
		return HttpRequest.newBuilder(uri)
			.version(BoundedHttp.version(uri.getScheme()))
			.header("Accept", "application/json");
	}

	private JsonResponse exchange(HttpRequest.Builder request) throws IOException {
		BoundedResponse response = this.http.send(request, this.timeout);
		return new JsonResponse(response.status(), response.body());
	}

}
