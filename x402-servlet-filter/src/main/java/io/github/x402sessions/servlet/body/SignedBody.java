package io.github.x402sessions.servlet.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.scheme.SignedCall;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request whose payer has signed for it. It is read before the handler
 * runs, up to a limit, and given to the handler again; a longer one is hashed as the
 * handler reads it, and the rest of it when its answer would leave. What counts are the
 * bytes as this server receives them, after any transfer encoding and before any content
 * encoding is taken off.
 */
public final class SignedBody {

	/** What is said of a payment that was signed for another body. */
	public static final String DIFFERENCE = "the payment is signed for another body";

	/** How much is read before a handler runs, bytes. */
	public static final int READ_AHEAD = 256 * 1024;

	/** How much a container may keep of what it has received, bytes. */
	private static final int LARGEST_BUFFER = 64 * 1024;

	/** How much is read of what a handler has left, bytes. */
	private static final long MAX_REST = 8L * 1024 * 1024;

	private final SignedCall signed;

	private final MessageDigest digest = Sha256.begin();

	private final byte[] ahead;

	private final boolean whole;

	private final boolean cut;

	private final boolean form;

	private final SignedInput input;

	private @Nullable Boolean asSigned;

	private SignedBody(HttpServletRequest request, SignedCall signed) throws IOException {
		this.signed = signed;
		long declared = request.getContentLengthLong();
		ServletInputStream received = request.getInputStream();
		this.ahead = (declared > READ_AHEAD) ? new byte[0] : read(received, declared);
		this.whole = declared <= READ_AHEAD && this.ahead.length <= READ_AHEAD;
		this.cut = this.whole && this.ahead.length < declared;
		this.form = FormType.isForm(request.getContentType());
		this.digest.update(this.ahead);
		this.input = new SignedInput(request, this.ahead, this.whole ? null : received, this.digest);
	}

	/**
	 * Read the beginning of a body.
	 * @param request the request, nothing of whose body was read
	 * @param signed the call that its payer has signed for
	 * @return the body, which is the only way to it from now on
	 * @throws IOException if the client does not send it
	 */
	public static SignedBody readAhead(HttpServletRequest request, SignedCall signed) throws IOException {
		return new SignedBody(request, signed);
	}

	/**
	 * Read a little more than the limit, if there is more. Nothing may be left in the
	 * container's buffer, because Tomcat overwrites it when a read listener is set.
	 */
	private static byte[] read(InputStream body, long declared) throws IOException {
		ByteArrayOutputStream ahead = new ByteArrayOutputStream();
		byte[] buffer = new byte[(declared >= 0) ? (int) Math.min(declared + 1, LARGEST_BUFFER) : LARGEST_BUFFER];
		int read = body.read(buffer);
		while (read >= 0) {
			ahead.write(buffer, 0, read);
			read = (ahead.size() > READ_AHEAD) ? -1 : body.read(buffer);
		}
		return ahead.toByteArray();
	}

	/** Whether it was read to its end. */
	public boolean isWhole() {
		return this.whole;
	}

	/**
	 * Whether less of it is there than the request has declared: somebody in front of the
	 * filter has read it.
	 */
	public boolean isCut() {
		return this.cut;
	}

	/** Whether it is of a type that handlers have their container read. */
	public boolean isForm() {
		return this.form;
	}

	/**
	 * Tell whether it is what its payer has signed for. To be asked of a body that was
	 * not read to its end when its handler reads no more.
	 * @throws IOException if the client does not send the rest
	 */
	public boolean isAsSigned() throws IOException {
		Boolean known = this.asSigned;
		if (known == null) {
			known = this.input.drain(MAX_REST) && this.signed.hasBody(this.digest);
			this.asSigned = known;
		}
		return known;
	}

	/** Return the request with this body. */
	public HttpServletRequest in(HttpServletRequest request) {
		return new SignedRequest(request, this);
	}

	SignedInput input() {
		return this.input;
	}

	/** All of it, where it was read to its end. */
	byte[] bytes() {
		return this.ahead;
	}

}
