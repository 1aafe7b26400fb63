package io.github.x402sessions.servlet.idempotency;

import java.security.MessageDigest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells a repeated request from another one: a SHA-256 hash of all that an answer may
 * depend on, save for the body.
 */
public final class RequestHash {

	private static final List<String> HEADERS = List.of("Accept", "Accept-Encoding", "Accept-Language", "Content-Type",
			"Range", "If-Range", "If-None-Match", "If-Modified-Since");

	private final MessageDigest digest = Sha256.begin();

	private RequestHash() {
	}

	/**
	 * Hash a request and the terms that it is paid on, as far as they say what is paid.
	 */
	public static String of(HttpServletRequest request, PaymentRequirements accepted) {
		RequestHash hash = new RequestHash();
		hash.add(accepted.amount());
		hash.add(accepted.asset());
		hash.add(accepted.payTo());
		hash.add(request.getMethod());
		hash.add(request.getServerName());
		hash.add(request.getRequestURI());
		hash.add(request.getQueryString());
		hash.add(request.getRemoteUser());
		hash.add(Long.toString(Math.max(0, request.getContentLengthLong())));
		for (String name : HEADERS) {
			hash.add(String.join("\n", values(request.getHeaders(name))));
		}
		return HexFormat.of().formatHex(hash.digest.digest());
	}

	private static List<String> values(@Nullable Enumeration<String> values) {
		return (values != null) ? Collections.list(values) : List.of();
	}

	private void add(@Nullable String text) {
		this.digest.update((byte) ((text != null) ? 1 : 0));
		Sha256.add(this.digest, (text != null) ? text : "");
	}

}
