package io.github.x402sessions.samples.agent.mcp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.funds.AgentFunds;
import io.github.x402sessions.samples.agent.offer.PricedUrl;
import io.github.x402sessions.samples.agent.offer.RequestData;
import io.github.x402sessions.samples.agent.offer.RequestHeader;

/**
 * Reads what a model wants to be requested. A model may have been talked into anything:
 * only servers that the user allows are asked, nothing is read from this machine, and
 * paying is not the model's business.
 */
final class RequestArguments {

	private RequestArguments() {
	}

	/**
	 * Read the request.
	 * @param arguments of the tool
	 * @param funds know whom the user allows
	 * @param key the caller's name for the call, which it may make again
	 * @throws RefusedException if it is not to be made
	 */
	static PricedUrl read(Arguments arguments, AgentFunds funds, Optional<String> key) {
		URI url = url(arguments.required("url"));
		if (!funds.allows(url)) {
			throw new RefusedException(RefusalCode.ORIGIN_NOT_ALLOWED,
					"the user allows no requests to this server; allowed are "
							+ String.join(", ", funds.plan().servers().stream().map(URI::toString).toList()));
		}
		Optional<String> body = arguments.text("body");
		String method = arguments.text("method").orElse(body.isPresent() ? "POST" : "GET");
		try {
			return PricedUrl.of(url, method.toUpperCase(Locale.ROOT),
					body.map(RequestData::ofText).orElse(RequestData.NONE), headers(arguments, key));
		}
		catch (WrongOptionException ex) {
			throw Arguments.invalid("the request cannot be sent: " + ex.problem());
		}
	}

	private static URI url(String text) {
		try {
			URI url = new URI(text);
			String scheme = (url.getScheme() != null) ? url.getScheme().toLowerCase(Locale.ROOT) : "";
			if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null
					|| !(scheme.equals("https") || scheme.equals("http"))) {
				throw Arguments.invalid("url has to be an absolute http or https URL without user and fragment");
			}
			return url;
		}
		catch (URISyntaxException ex) {
			throw Arguments.invalid("url is no URL");
		}
	}

	private static List<RequestHeader> headers(Arguments arguments, Optional<String> key) {
		List<RequestHeader> headers = new ArrayList<>();
		arguments.texts("headers").forEach((name, value) -> {
			if (name.equalsIgnoreCase(Payments.IDEMPOTENCY_KEY)) {
				throw Arguments.invalid("headers: idempotency_key is an argument of its own");
			}
			try {
				headers.add(RequestHeader.parse(name + ":" + value));
			}
			catch (WrongOptionException ex) {
				throw Arguments.invalid("headers: " + ex.problem());
			}
		});
		key.ifPresent((name) -> headers.add(new RequestHeader(Payments.IDEMPOTENCY_KEY, name)));
		return headers;
	}

}
