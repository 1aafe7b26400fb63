package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.SessionPayload;

/**
 * Payments that are signed for one call, for facilitators that do not look at signatures.
 */
public final class SignedCalls {

	private SignedCalls() {
	}

	public static String header(PaymentIdentifier identifier, String method, String url, String body) {
		return header(identifier, method, url, body, "x");
	}

	public static String header(PaymentIdentifier identifier, String method, String url, String body,
			String signature) {
		Map<String, Object> payload = new SessionPayload("s",
				new PaymentSignature(method, body, signature.length(), signature))
			.toPayload();
		return PaymentHeader
			.encode(identifier.in(PaymentPayload.of(new ResourceInfo(url, null, null), PaidContainer.TERMS, payload)));
	}

	public static String hash(String body) {
		return BodyHash.of(body.getBytes(StandardCharsets.UTF_8));
	}

	/** A container may end a connection whose body it has refused to read. */
	public static HttpResponse<String> send(HttpClient http, HttpRequest request)
			throws IOException, InterruptedException {
		for (int tries = 1;; tries++) {
			try {
				return http.send(request, HttpResponse.BodyHandlers.ofString());
			}
			catch (IOException ex) {
				if (tries == 5) {
					throw ex;
				}
			}
		}
	}

}
