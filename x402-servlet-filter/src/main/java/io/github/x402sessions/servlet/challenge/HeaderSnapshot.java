package io.github.x402sessions.servlet.challenge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;

/**
 * The headers that were on a response before its handler ran, set by outer filters (CORS,
 * security). Restoring them also loses what the container itself added on the handler's
 * behalf, such as the cookie of a new HTTP session.
 */
public final class HeaderSnapshot {

	private final Map<String, List<String>> headers = new LinkedHashMap<>();

	public HeaderSnapshot(HttpServletResponse response) {
		for (String name : response.getHeaderNames()) {
			this.headers.put(name, new ArrayList<>(response.getHeaders(name)));
		}
	}

	/** A reset alone is not enough: Jetty keeps some headers and session cookies. */
	public void restore(HttpServletResponse response) {
		response.reset();
		List.copyOf(response.getHeaderNames()).forEach((name) -> response.setHeader(name, null));
		this.headers.forEach((name, values) -> {
			response.setHeader(name, values.get(0));
			values.stream().skip(1).forEach((value) -> response.addHeader(name, value));
		});
	}

}
