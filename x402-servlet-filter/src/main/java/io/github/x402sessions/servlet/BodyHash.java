package io.github.x402sessions.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Hashes what a handler reads of its request's body, while it reads it, to tell a
 * repeated request from one with another body. Of a form it hashes the parameters if the
 * handler let the container read it. What a handler has not read did not matter to its
 * answer.
 */
final class BodyHash {

	private static final String FORM = "form:";

	private final MessageDigest digest = RequestHash.sha256();

	private long length;

	void add(byte[] bytes, int offset, int count) {
		this.digest.update(bytes, offset, count);
		this.length += count;
	}

	/** The hash of what was read so far: its length and its SHA-256. */
	String of(HttpServletRequest request) {
		if (this.length == 0 && isForm(request)) {
			return form(request);
		}
		return this.length + ":" + HexFormat.of().formatHex(((MessageDigest) copy()).digest());
	}

	private Object copy() {
		try {
			return this.digest.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("SHA-256 of this platform cannot be copied", ex);
		}
	}

	/**
	 * Tell whether a request has the body of another. Reads as much of it as the other's
	 * handler has.
	 * @param request the request, nothing of whose body was read
	 * @param hash the other's hash
	 * @throws IOException if the client does not send it
	 */
	static boolean matches(HttpServletRequest request, String hash) throws IOException {
		if (hash.startsWith(FORM)) {
			return isForm(request) && form(request).equals(hash);
		}
		long expected = Long.parseLong(hash.substring(0, hash.indexOf(':')));
		BodyHash ours = new BodyHash();
		byte[] buffer = new byte[8192];
		InputStream body = (expected > 0) ? request.getInputStream() : InputStream.nullInputStream();
		while (ours.length < expected) {
			int read = body.read(buffer, 0, (int) Math.min(buffer.length, expected - ours.length));
			if (read < 0) {
				return false;
			}
			ours.add(buffer, 0, read);
		}
		return (expected + ":" + HexFormat.of().formatHex(ours.digest.digest())).equals(hash);
	}

	private static boolean isForm(HttpServletRequest request) {
		String type = request.getContentType();
		return type != null && type.regionMatches(true, 0, "application/x-www-form-urlencoded", 0,
				"application/x-www-form-urlencoded".length());
	}

	private static String form(HttpServletRequest request) {
		MessageDigest digest = RequestHash.sha256();
		for (Map.Entry<String, String[]> parameter : new TreeMap<>(request.getParameterMap()).entrySet()) {
			add(digest, parameter.getKey());
			Arrays.stream(parameter.getValue()).forEach((value) -> add(digest, value));
			digest.update((byte) '\n');
		}
		return FORM + HexFormat.of().formatHex(digest.digest());
	}

	private static void add(MessageDigest digest, @Nullable String text) {
		byte[] bytes = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
		digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
		digest.update(bytes);
	}

}
