package io.github.x402sessions.servlet.idempotency;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.purchase.RepeatableBody;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import org.jspecify.annotations.Nullable;

/**
 * Hashes what a handler reads of its request's body, while it reads it, to tell a
 * repeated request from one with another body: the bytes, the parameters and the parts of
 * a form. What a handler has not read did not matter to its answer, and nothing is read
 * for the hash alone. Thread-safe.
 */
public final class ReadBodyHash implements RepeatableBody {

	private static final String NOT_READ = "-";

	private final MessageDigest bytes = Sha256.begin();

	private final HttpServletRequest request;

	/** What the handler of an earlier request has read. */
	private Read earlier = Read.NOTHING;

	private long length;

	/** The hash of as many bytes as were read of the earlier body. */
	private String firstBytes = NOT_READ;

	private String parameters = NOT_READ;

	private String parts = NOT_READ;

	/** What the container read the form in, as the handler may have told it. */
	private String encoding = NOT_READ;

	/**
	 * Begin to hash a body.
	 * @param request the request, nothing of whose body was read
	 */
	public ReadBodyHash(HttpServletRequest request) {
		this.request = request;
	}

	@Override
	public synchronized void continueFrom(String earlier) {
		this.earlier = Read.of(earlier);
	}

	synchronized void add(byte[] bytes, int offset, int count) {
		int toEarlier = (int) Math.min(count, Math.max(0, this.earlier.length() - this.length));
		this.bytes.update(bytes, offset, toEarlier);
		if (toEarlier > 0 && this.length + toEarlier == this.earlier.length()) {
			this.firstBytes = hex(this.bytes);
		}
		this.bytes.update(bytes, offset + toEarlier, count - toEarlier);
		this.length += count;
	}

	synchronized boolean lacksParameters() {
		return this.parameters.equals(NOT_READ);
	}

	synchronized boolean lacksParts() {
		return this.parts.equals(NOT_READ);
	}

	/**
	 * The handler had the container read parameters.
	 * @param read the parameters
	 * @param encoding what the container read them in; {@code null} for its default
	 */
	synchronized void parameters(Map<String, String[]> read, @Nullable String encoding) {
		MessageDigest digest = Sha256.begin();
		for (Map.Entry<String, String[]> parameter : new TreeMap<>(read).entrySet()) {
			add(digest, parameter.getKey());
			Arrays.stream(parameter.getValue()).forEach((value) -> add(digest, value));
			digest.update((byte) '\n');
		}
		this.parameters = hex(digest);
		this.encoding = (encoding != null) ? encoding : NOT_READ;
	}

	/**
	 * The handler had the container read parts, which may lie in files.
	 * @param read the parts
	 * @param encoding what the container read their names in; {@code null} for its
	 * default
	 */
	void parts(Collection<Part> read, @Nullable String encoding) throws IOException {
		MessageDigest digest = Sha256.begin();
		for (Part part : read) {
			add(digest, part.getName());
			add(digest, part.getSubmittedFileName());
			add(digest, part.getContentType());
			add(digest, Long.toString(part.getSize()));
			try (InputStream content = part.getInputStream()) {
				byte[] buffer = new byte[8192];
				for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
					digest.update(buffer, 0, count);
				}
			}
		}
		synchronized (this) {
			this.parts = hex(digest);
			this.encoding = (encoding != null) ? encoding : NOT_READ;
		}
	}

	@Override
	public synchronized boolean continuesEarlier() {
		return this.length >= this.earlier.length()
				&& (this.earlier.length() == 0 || this.earlier.bytes().equals(this.firstBytes))
				&& (!this.earlier.hasParameters() || this.earlier.parameters().equals(this.parameters))
				&& (!this.earlier.hasParts() || this.earlier.parts().equals(this.parts));
	}

	/** Reads as much of it as the other's handler has. */
	@Override
	public boolean matches(String earlier) throws IOException {
		ReadBodyHash ours = new ReadBodyHash(this.request);
		Read expected = Read.of(earlier);
		ours.earlier = expected;
		HashedRequest hashed = new HashedRequest(this.request, ours);
		byte[] buffer = new byte[8192];
		long length = expected.length();
		InputStream body = (length > 0) ? hashed.getInputStream() : InputStream.nullInputStream();
		while (ours.length < length) {
			int read = body.read(buffer, 0, (int) Math.min(buffer.length, length - ours.length));
			if (read < 0) {
				return false;
			}
		}
		return readForm(hashed, expected) && ours.continuesEarlier();
	}

	/** A form that the container cannot read is not one that it has read before. */
	// Containers before Servlet 6.1 take no Charset.
	@SuppressWarnings("PreferCharsetOverload")
	private static boolean readForm(HashedRequest hashed, Read earlier) {
		try {
			String encoding = earlier.encoding();
			if (!encoding.equals(NOT_READ) && !encoding.equals(hashed.getCharacterEncoding())) {
				hashed.setCharacterEncoding(encoding);
			}
			if (earlier.hasParameters()) {
				hashed.getParameterMap();
			}
			if (earlier.hasParts()) {
				hashed.getParts();
			}
			return true;
		}
		catch (IOException | ServletException | RuntimeException ex) {
			return false;
		}
	}

	@Override
	public synchronized String read() {
		return new Read(this.length, hex(this.bytes), this.parameters, this.parts, this.encoding).toString();
	}

	private static String hex(MessageDigest digest) {
		return HexFormat.of().formatHex(Sha256.soFar(digest));
	}

	private static void add(MessageDigest digest, @Nullable String text) {
		Sha256.add(digest, String.valueOf(text));
	}

	/**
	 * The part of a body that was read: its length, the hashes of what it had and the
	 * encoding of its form, which comes last because it may have colons and earlier
	 * versions do not write it.
	 */
	private record Read(long length, String bytes, String parameters, String parts, String encoding) {

		static final Read NOTHING = new Read(0, NOT_READ, NOT_READ, NOT_READ, NOT_READ);

		static Read of(String text) {
			String[] values = text.split(":", 5);
			return new Read(Long.parseLong(values[0]), values[1], values[2], values[3],
					(values.length > 4) ? values[4] : NOT_READ);
		}

		boolean hasParameters() {
			return !this.parameters.equals(NOT_READ);
		}

		boolean hasParts() {
			return !this.parts.equals(NOT_READ);
		}

		@Override
		public String toString() {
			return this.length + ":" + this.bytes + ":" + this.parameters + ":" + this.parts + ":" + this.encoding;
		}

	}

}
