package io.github.x402sessions.client.discovery;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.BoundedResponse;
import io.github.x402sessions.core.http.OversizedBodyException;
import io.github.x402sessions.core.protocol.MalformedMessageException;

/**
 * Asks a catalogue for its pages: in bounded time, for bounded answers, without following
 * where it points. Messages repeat nothing that it answers.
 */
final class CatalogueExchange {

	/** As much as the clients of x402 for JavaScript read. */
	private static final int MOST_BYTES = 4 * 1024 * 1024;

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Pattern JSON = Pattern.compile("(?i)application/([a-z0-9.+-]+\\+)?json\\s*(;.*)?");

	private final BoundedHttp http = new BoundedHttp(CONNECT_TIMEOUT, MOST_BYTES);

	private final String url;

	private final Duration timeout;

	CatalogueExchange(URI url, Duration timeout) {
		this.url = url.toString().replaceAll("/+$", "");
		this.timeout = timeout;
	}

	/**
	 * Ask for a page.
	 * @param path where
	 * @param parameters what is asked
	 * @throws FacilitatorException if there is no answer, or none that makes sense
	 */
	CataloguePage page(String path, Map<String, String> parameters) {
		URI uri = URI.create(this.url + path + "?" + query(parameters));
		BoundedResponse response = send(uri, path);
		requireAnswer(response, path);
		try {
			return CataloguePage.read(response.body());
		}
		catch (MalformedMessageException ex) {
			throw nonsense(path, ex.getMessage());
		}
	}

	private BoundedResponse send(URI uri, String path) {
		try {
			return this.http.send(HttpRequest.newBuilder(uri)
				.version(BoundedHttp.version(uri.getScheme()))
				.header("Accept", "application/json")
				.GET(), this.timeout);
		}
		catch (OversizedBodyException ex) {
			throw nonsense(path, "more than " + MOST_BYTES + " bytes");
		}
		catch (IOException ex) {
			throw new FacilitatorUnavailableException(
					"the catalogue gives no answer to " + path + ": " + ex.getClass().getSimpleName(), ex);
		}
	}

	private static void requireAnswer(BoundedResponse response, String path) {
		int status = response.status();
		if (status == 429 || status / 100 == 5) {
			throw new FacilitatorUnavailableException("the catalogue cannot answer now: " + path + " is " + status,
					null);
		}
		if (status == 401 || status == 403) {
			throw new FacilitatorAccessException("the catalogue does not answer everybody: " + path + " is " + status);
		}
		if (status == 404 || status == 405) {
			throw nonsense(path, status + ": there is no catalogue at this URL");
		}
		if (status / 100 == 3) {
			throw nonsense(path, status + ", a redirect, which is not followed");
		}
		if (status != 200) {
			throw nonsense(path, String.valueOf(status));
		}
		if (!JSON.matcher(response.header("Content-Type").orElse("")).matches()) {
			throw nonsense(path, "no JSON, by its Content-Type");
		}
	}

	private static FacilitatorProtocolException nonsense(String path, String what) {
		return new FacilitatorProtocolException("the catalogue's answer to " + path + " cannot be used: " + what, null);
	}

	private static String query(Map<String, String> parameters) {
		return parameters.entrySet()
			.stream()
			.map((parameter) -> parameter.getKey() + "="
					+ URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8).replace("+", "%20"))
			.collect(Collectors.joining("&"));
	}

}
