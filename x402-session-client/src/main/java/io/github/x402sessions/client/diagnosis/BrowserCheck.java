package io.github.x402sessions.client.diagnosis;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.BoundedResponse;
import io.github.x402sessions.core.protocol.PaymentHeader;
import org.jspecify.annotations.Nullable;

/**
 * Looks at whether a page of another origin may pay from a browser, which sees what the
 * server and the facilitator let it see.
 */
final class BrowserCheck {

	private static final String TOPIC = "browser";

	private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

	/** What pages may send unasked, or no page sends. */
	private static final Set<String> FREE_HEADERS = Set.of("accept", "accept-language", "content-language", "range",
			"user-agent", "cookie");

	private static final Set<String> FREE_TYPES = Set.of("application/x-www-form-urlencoded", "multipart/form-data",
			"text/plain");

	private static final Set<String> FREE_METHODS = Set.of("GET", "HEAD", "POST");

	private final CheckList list;

	private final Inquiry inquiry;

	/** As a browser writes it. */
	private final String origin;

	BrowserCheck(CheckList list, Inquiry inquiry, URI page) {
		this.list = list;
		this.inquiry = inquiry;
		this.origin = Place.origin(page);
	}

	/** Whether it may call the server with a payment, and see what comes. */
	void askServer(HttpRequest request) {
		Set<String> headers = new TreeSet<>(Set.of(PaymentHeader.SIGNATURE.toLowerCase(Locale.ROOT)));
		request.headers().map().forEach((name, values) -> {
			if (!isFree(name, values)) {
				headers.add(name.toLowerCase(Locale.ROOT));
			}
		});
		String advice = "whoever runs the server has to allow it, by CORS";
		try {
			BoundedResponse allowed = preflight("the server", request.uri(), request.method(), headers);
			BoundedResponse answer = this.inquiry.send("the server",
					Inquiry.again(request).setHeader("Origin", this.origin));
			String objection = objection(allowed, request.method(), headers);
			List<String> hidden = Stream.of(PaymentHeader.REQUIRED, PaymentHeader.RESPONSE)
				.filter((name) -> !lists(answer, "Access-Control-Expose-Headers", name))
				.toList();
			if (objection != null) {
				this.list.warn(TOPIC, page() + " may not send " + objection, advice);
			}
			else if (!isLetIn(answer) || !hidden.isEmpty()) {
				this.list.warn(TOPIC, page() + " does not see " + String.join(" and ", hidden)
						+ (hidden.isEmpty() ? "the answer" : ""), advice);
			}
			else {
				this.list.ok(TOPIC, page() + " may pay");
			}
		}
		catch (IOException ex) {
			this.list.warn(TOPIC, page() + " gets no answer: it " + Inquiry.why(ex), advice);
		}
	}

	/** Whether it may open sessions, and see what the latest ledger is. */
	void askFacilitator(URI facilitator) {
		String there = " at the facilitator, " + Place.shown(facilitator);
		String advice = "whoever runs the facilitator has to allow it, by CORS";
		Set<String> headers = Set.of("content-type");
		try {
			BoundedResponse allowed = preflight("the facilitator", Place.at(facilitator, "/sessions/quote"), "POST",
					headers);
			BoundedResponse answer = this.inquiry.send("the facilitator",
					Inquiry.get(Place.at(facilitator, "/ledger")).header("Origin", this.origin));
			String objection = objection(allowed, "POST", headers);
			if (objection != null) {
				this.list.warn(TOPIC, page() + " may not open sessions" + there + ": it may not send " + objection,
						advice);
			}
			else if (!isLetIn(answer)) {
				this.list.warn(TOPIC, page() + " does not see the ledger" + there, advice);
			}
			else {
				this.list.ok(TOPIC, page() + " may open sessions" + there);
			}
		}
		catch (IOException ex) {
			this.list.warn(TOPIC, page() + " gets no answer" + there + ": it " + Inquiry.why(ex), advice);
		}
	}

	private String page() {
		return "a page of " + CheckList.plain(this.origin);
	}

	private static boolean isFree(String name, List<String> values) {
		if (name.equalsIgnoreCase("content-type")) {
			return values.stream()
				.allMatch((value) -> FREE_TYPES.contains(value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT)));
		}
		return FREE_HEADERS.contains(name.toLowerCase(Locale.ROOT));
	}

	private BoundedResponse preflight(String whose, URI url, String method, Set<String> headers) throws IOException {
		return this.inquiry.send(whose,
				HttpRequest.newBuilder(url)
					.version(BoundedHttp.version(url.getScheme()))
					.method("OPTIONS", HttpRequest.BodyPublishers.noBody())
					.header("Origin", this.origin)
					.header("Access-Control-Request-Method", method)
					.header("Access-Control-Request-Headers", String.join(",", headers)));
	}

	/** What may not be sent, or {@code null} if all may. */
	private @Nullable String objection(BoundedResponse allowed, String method, Set<String> headers) {
		boolean letIn = allowed.status() < 300 && isLetIn(allowed);
		if (letIn && !FREE_METHODS.contains(method) && listed(allowed, "Access-Control-Allow-Methods")
			.noneMatch((one) -> one.equals("*") || one.equals(method))) {
			return method + " requests";
		}
		List<String> refused = headers.stream()
			.filter((name) -> !letIn || !lists(allowed, "Access-Control-Allow-Headers", name))
			.map((name) -> name.equalsIgnoreCase(PaymentHeader.SIGNATURE) ? PaymentHeader.SIGNATURE : name)
			.toList();
		return refused.isEmpty() ? null : String.join(" and ", refused);
	}

	/** Two of them are none to a browser. */
	private boolean isLetIn(BoundedResponse answer) {
		String allowed = String.join(", ", answer.headers(ALLOW_ORIGIN));
		return allowed.equals("*") || allowed.equals(this.origin);
	}

	private static boolean lists(BoundedResponse answer, String header, String name) {
		boolean hidden = name.equalsIgnoreCase("authorization");
		return listed(answer, header).anyMatch((one) -> (one.equals("*") && !hidden) || one.equalsIgnoreCase(name));
	}

	private static Stream<String> listed(BoundedResponse answer, String header) {
		return Arrays.stream(String.join(",", answer.headers(header)).split(",")).map(String::trim);
	}

}
