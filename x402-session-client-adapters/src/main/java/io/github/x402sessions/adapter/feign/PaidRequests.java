package io.github.x402sessions.adapter.feign;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import feign.Client;
import feign.Request;
import feign.Response;

/**
 * Sends what carries a payment by the HTTP client of a session, which follows no redirect
 * with it and repeats nothing. Unpacks what is packed as Feign's own client does. The
 * time to connect is the session's; Feign's time to read is that until an answer begins.
 * Thread-safe.
 */
final class PaidRequests implements Client {

	/** Headers that the JDK's client writes itself and takes from nobody. */
	private static final Set<String> OF_THE_CLIENT = headers("Connection", "Content-Length", "Expect", "Host",
			"Upgrade");

	private final HttpClient client;

	PaidRequests(HttpClient client) {
		this.client = client;
	}

	private static Set<String> headers(String... names) {
		Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		headers.addAll(Set.of(names));
		return headers;
	}

	@Override
	public Response execute(Request request, Request.Options options) throws IOException {
		try {
			return response(request, this.client.send(sent(request, options), BodyHandlers.ofInputStream()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw (IOException) new InterruptedIOException("interrupted with a payment under way").initCause(ex);
		}
	}

	private static HttpRequest sent(Request request, Request.Options options) {
		HttpRequest.Builder sent = HttpRequest.newBuilder(URI.create(request.url()));
		if (options.readTimeoutMillis() > 0) {
			sent.timeout(Duration.ofMillis(options.readTimeoutMillis()));
		}
		request.headers().forEach((name, values) -> {
			if (!OF_THE_CLIENT.contains(name)) {
				values.forEach((value) -> sent.header(name, value));
			}
		});
		byte[] body = request.body();
		return sent
			.method(request.httpMethod().name(),
					(body != null) ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody())
			.build();
	}

	private static Response response(Request request, HttpResponse<InputStream> answer) throws IOException {
		Map<String, Collection<String>> headers = new LinkedHashMap<>(answer.headers().map());
		return Response.builder()
			.status(answer.statusCode())
			.headers(headers)
			.body((request.httpMethod() != Request.HttpMethod.HEAD) ? unpacked(answer) : answer.body(), null)
			.request(request)
			.build();
	}

	private static InputStream unpacked(HttpResponse<InputStream> answer) throws IOException {
		String encoding = answer.headers().firstValue("Content-Encoding").orElse("");
		if (encoding.equalsIgnoreCase("gzip")) {
			return new GZIPInputStream(answer.body());
		}
		return encoding.equalsIgnoreCase("deflate") ? new InflaterInputStream(answer.body()) : answer.body();
	}

}
