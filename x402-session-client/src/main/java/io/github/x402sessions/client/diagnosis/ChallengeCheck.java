package io.github.x402sessions.client.diagnosis;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.client.payment.message.PaymentChallenge;
import io.github.x402sessions.client.payment.message.PaymentForm;
import io.github.x402sessions.core.http.BoundedResponse;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what a URL answers that is called without a payment.
 */
final class ChallengeCheck {

	private static final String TOPIC = "url";

	private static final int PAYMENT_REQUIRED = 402;

	private static final String NOT_X402 = "whoever runs the server has to send the header PAYMENT-REQUIRED";

	private final CheckList list;

	private final Inquiry inquiry;

	ChallengeCheck(CheckList list, Inquiry inquiry) {
		this.list = list;
		this.inquiry = inquiry;
	}

	/**
	 * Call it.
	 * @return its challenge, or {@code null} if there is none that can be read
	 */
	@Nullable PaymentRequired ask(HttpRequest request) {
		URI url = request.uri();
		if (!"https".equalsIgnoreCase(url.getScheme()) && !Place.isHere(url)) {
			this.list.warn(TOPIC, "it is called by http: who is on the way sees payments, and may use them",
					"call it by https");
		}
		BoundedResponse answer;
		try {
			answer = this.inquiry.send("the server", Inquiry.again(request));
		}
		catch (IOException ex) {
			this.list.fail(TOPIC, Place.shown(url) + " " + Inquiry.why(ex),
					"compare the URL, and see whether the server runs and is reached from here");
			return null;
		}
		String asked = request.method() + " " + Place.shown(url);
		if (answer.status() != PAYMENT_REQUIRED) {
			this.list.fail(TOPIC, asked + " answers " + answer.status() + ", not 402", advice(answer));
			return null;
		}
		return read(asked, url, answer);
	}

	private static String advice(BoundedResponse answer) {
		int status = answer.status();
		if (status >= 200 && status < 300) {
			return "there is nothing to pay for: compare method and path with what is priced";
		}
		return switch (status) {
			case 301, 302, 303, 307, 308 ->
				"it has moved: call " + CheckList.plain(answer.header("Location").orElse("where it says"));
			case 401, 403 -> "it wants to know who calls, before it wants money: add a header";
			case 404 -> "there is no such path: compare the URL";
			case 405 -> "it wants another method";
			case 400, 406, 411, 413, 415, 422 -> "it wants another request: a body or a header is missing or wrong";
			case 429 -> "it was asked too often: wait";
			case 502, 503, 504 -> "it is away, or its facilitator is: its operator finds out which in the server's log";
			default -> "ask whoever runs the server";
		};
	}

	private @Nullable PaymentRequired read(String asked, URI url, BoundedResponse answer) {
		Optional<String> header = answer.header(PaymentHeader.REQUIRED);
		if (header.isEmpty()) {
			this.list.fail(TOPIC, asked + " answers 402 " + withoutHeader(answer), NOT_X402);
			return null;
		}
		Optional<PaymentRequired> challenge = PaymentChallenge.read(PaymentForm.HEADER, List.of(header.get()), url);
		if (challenge.isEmpty()) {
			this.list.fail(TOPIC,
					asked + " answers 402 with a PAYMENT-REQUIRED that cannot be used: " + problem(header.get()),
					"whoever runs the server has to mend it");
			return null;
		}
		PaymentRequired read = challenge.get();
		int ways = read.accepts().size();
		String sold = read.resource().description();
		this.list.ok(TOPIC, asked + " answers 402 by x402 version 2, " + ((ways == 1) ? "1 way" : ways + " ways")
				+ " to pay" + ((sold != null) ? ": " + CheckList.plain(sold) : ""));
		if (header.get().length() > PaymentHeader.DEFAULT_MAX_LENGTH) {
			this.list.warn(TOPIC, "its terms have " + header.get().length() + " characters: a payment repeats most of "
					+ "them, and many servers read 8 KiB", "say less in the challenge");
		}
		checkPlace(url, read);
		if (!String.join(",", answer.headers("Cache-Control")).toLowerCase(Locale.ROOT).contains("no-store")) {
			this.list.warn(TOPIC, "its 402 may be cached: there is no Cache-Control: no-store",
					"whoever runs the server, or the proxy before it, has to add it");
		}
		return read;
	}

	/** A session's key signs for no other place than the one that is called. */
	private void checkPlace(URI url, PaymentRequired challenge) {
		String named = challenge.resource().url();
		if (!Place.isSame(named, url)) {
			this.list.warn(TOPIC,
					"it says that it is " + CheckList.plain(named) + ", not " + Place.shown(url)
							+ ": payments are not signed for another server",
					"call it there; or its operator sets its public "
							+ "base URL; or allow that place, as whoever knows that the two are one");
		}
	}

	private static String problem(String header) {
		try {
			PaymentHeader.decode(header, PaymentRequired.class, 64 * 1024);
			return "no way to pay can be read";
		}
		catch (MalformedMessageException ex) {
			return CheckList.plain(ex.getMessage());
		}
	}

	private static String withoutHeader(BoundedResponse answer) {
		try {
			Object version = WireJson.read(answer.body(), Map.class).get("x402Version");
			if (version instanceof Number number) {
				return (number.intValue() == 1) ? "by x402 version 1 only, which is not paid here"
						: "with its terms in the body only";
			}
		}
		catch (MalformedMessageException ex) {
			// told below
		}
		boolean page = answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html");
		return page ? "with a page for people only" : "and does not say how to pay";
	}

}
