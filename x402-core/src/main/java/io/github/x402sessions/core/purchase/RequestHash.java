package io.github.x402sessions.core.purchase;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.PaymentRequirements;
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
	 * @param line what the request asks for
	 * @param headers the values of the request's headers by their names
	 * @param accepted the terms
	 * @return the hash, in hexadecimal digits
	 */
	public static String of(Line line, Function<String, List<String>> headers, PaymentRequirements accepted) {
		RequestHash hash = new RequestHash();
		hash.add(accepted.amount());
		hash.add(accepted.asset());
		hash.add(accepted.payTo());
		hash.add(line.method());
		hash.add(line.server());
		hash.add(line.path());
		hash.add(line.query());
		hash.add(line.user());
		hash.add(Long.toString(Math.max(0, line.contentLength())));
		for (String name : HEADERS) {
			hash.add(String.join("\n", headers.apply(name)));
		}
		return HexFormat.of().formatHex(hash.digest.digest());
	}

	private void add(@Nullable String text) {
		this.digest.update((byte) ((text != null) ? 1 : 0));
		Sha256.add(this.digest, (text != null) ? text : "");
	}

	/**
	 * The first line of a request, and who has sent it.
	 *
	 * @param method the HTTP method
	 * @param server the host that the request names
	 * @param path the path as the client spelled it
	 * @param query the query as the client spelled it, or {@code null}
	 * @param user who is logged in, or {@code null}
	 * @param contentLength the length that the body declares, bytes; negative if none
	 */
	public record Line(String method, @Nullable String server, String path, @Nullable String query,
			@Nullable String user, long contentLength) {
	}

}
