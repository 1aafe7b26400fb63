package io.github.x402sessions.client.diagnosis;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.BoundedResponse;
import io.github.x402sessions.core.protocol.PaymentHeader;

/**
 * Looks at whether a page of another origin may pay from a browser, which sees what the
 * server lets it see.
 */
final class BrowserCheck {

	private static final String TOPIC = "browser";

	private static final String ADVICE = "whoever runs the server has to allow it, by CORS";

	private final CheckList list;

	private final Inquiry inquiry;

	BrowserCheck(CheckList list, Inquiry inquiry) {
		this.list = list;
		this.inquiry = inquiry;
	}

	void ask(HttpRequest request, URI origin) {
		String page = Place.shown(origin);
		try {
			HttpRequest.Builder preflight = HttpRequest.newBuilder(request.uri())
				.version(BoundedHttp.version(request.uri().getScheme()))
				.method("OPTIONS", HttpRequest.BodyPublishers.noBody())
				.header("Origin", origin.toString())
				.header("Access-Control-Request-Method", request.method())
				.header("Access-Control-Request-Headers", PaymentHeader.SIGNATURE.toLowerCase(Locale.ROOT));
			BoundedResponse allowed = this.inquiry.send("the server", preflight);
			BoundedResponse answer = this.inquiry.send("the server",
					Inquiry.again(request).setHeader("Origin", origin.toString()));
			check(page, origin, allowed, answer);
		}
		catch (IOException ex) {
			this.list.warn(TOPIC, "a page of " + page + " " + "gets no answer: it " + Inquiry.why(ex), ADVICE);
		}
	}

	private void check(String page, URI origin, BoundedResponse allowed, BoundedResponse answer) {
		if (allowed.status() >= 300 || !isLetIn(allowed, origin)
				|| !lists(allowed, "Access-Control-Allow-Headers", PaymentHeader.SIGNATURE)) {
			this.list.warn(TOPIC, "a page of " + page + " may not send " + PaymentHeader.SIGNATURE, ADVICE);
			return;
		}
		List<String> hidden = Stream.of(PaymentHeader.REQUIRED, PaymentHeader.RESPONSE)
			.filter((name) -> !lists(answer, "Access-Control-Expose-Headers", name))
			.toList();
		if (!isLetIn(answer, origin) || !hidden.isEmpty()) {
			this.list.warn(TOPIC, "a page of " + page + " does not see " + String.join(" and ", hidden)
					+ (hidden.isEmpty() ? "the answer" : ""), ADVICE);
			return;
		}
		this.list.ok(TOPIC, "a page of " + page + " may pay");
	}

	private static boolean isLetIn(BoundedResponse answer, URI origin) {
		String allowed = answer.header("Access-Control-Allow-Origin").orElse("");
		return allowed.equals("*") || allowed.equals(origin.toString());
	}

	private static boolean lists(BoundedResponse answer, String header, String name) {
		return Arrays.stream(answer.header(header).orElse("").split(","))
			.map(String::trim)
			.anyMatch((one) -> one.equals("*") || one.equalsIgnoreCase(name));
	}

}
