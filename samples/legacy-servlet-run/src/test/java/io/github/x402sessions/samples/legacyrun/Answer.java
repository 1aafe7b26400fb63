package io.github.x402sessions.samples.legacyrun;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a browser sees of an answer: not how it is framed, nor what differs with each
 * request, nor what belongs to its payment.
 *
 * @param status the status
 * @param headers the headers, by their names in lower case
 * @param body the bytes, a character for each
 */
record Answer(int status, Map<String, List<String>> headers, String body) {

	private static final Set<String> LEFT_OUT = Set.of("date", "server", "connection", "keep-alive",
			"transfer-encoding", "content-length", "payment-response", "access-control-expose-headers",
			"cache-control");

	static Answer of(HttpResponse<byte[]> response) {
		return new Answer(response.statusCode(), headers(response.headers()),
				new String(response.body(), StandardCharsets.ISO_8859_1));
	}

	private static Map<String, List<String>> headers(HttpHeaders headers) {
		Map<String, List<String>> seen = new TreeMap<>();
		headers.map().forEach((name, values) -> {
			if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
				seen.put(name.toLowerCase(Locale.ROOT),
						values.stream().map((value) -> value.replaceFirst("JSESSIONID=[^;]*", "JSESSIONID")).toList());
			}
		});
		return seen;
	}

	boolean isFailure() {
		return this.status >= 400;
	}

}
