package io.github.x402sessions.core.facilitator.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import feign.Client;
import feign.Request;
import feign.Response;
import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.BoundedResponse;

/**
 * Runs Feign's requests, which are JSON, on {@link BoundedHttp}; the read timeout is the
 * deadline of the whole exchange.
 */
final class FeignTransport implements Client {

	/** When an answer was made. */
	static final String DATE = "Date";

	/** How long ago, where a cache has answered. */
	static final String AGE = "Age";

	private static final List<String> LOOKED_AT = List.of(ExtensionResponses.HEADER, DATE, AGE);

	private static final String JSON = "application/json";

	private final BoundedHttp http;

	FeignTransport(BoundedHttp http) {
		this.http = http;
	}

	@Override
	public Response execute(Request request, Request.Options options) throws IOException {
		BoundedResponse response = this.http.send(toJdk(request), Duration.ofMillis(options.readTimeoutMillis()));
		return Response.builder()
			.request(request)
			.status(response.status())
			.headers(headers(response))
			.body(response.body())
			.build();
	}

	/** No other header is looked at. */
	private static Map<String, Collection<String>> headers(BoundedResponse response) {
		Map<String, Collection<String>> headers = new HashMap<>();
		for (String name : LOOKED_AT) {
			headers.put(name, response.headers(name));
		}
		return headers;
	}

	private static HttpRequest.Builder toJdk(Request request) {
		URI uri = URI.create(request.url());
		HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
			.version(BoundedHttp.version(uri.getScheme()))
			.header("Accept", JSON);
		request.headers().forEach((name, values) -> {
			if (!"Content-Length".equalsIgnoreCase(name)) {
				values.forEach((value) -> builder.header(name, value));
			}
		});
		byte[] body = request.body();
		return (body != null) ? builder.header("Content-Type", JSON).POST(HttpRequest.BodyPublishers.ofByteArray(body))
				: builder.GET();
	}

}
