package io.github.x402sessions.servlet.hold;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * Writes text to a {@link HeldBody}. JDK writers flush what they close: here nobody asked
 * for a flush, after which the container could not say how long the body is.
 */
final class HeldWriter extends PrintWriter {

	private final HeldBody body;

	HeldWriter(HeldBody body, Charset charset) {
		super(new OutputStreamWriter(body, charset));
		this.body = body;
	}

	@Override
	public void close() {
		this.body.quietly(super::close);
	}

}
