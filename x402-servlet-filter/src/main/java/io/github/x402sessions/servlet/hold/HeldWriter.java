package io.github.x402sessions.servlet.hold;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/**
 * Writes text to a held body. JDK writers flush what they close: here nobody asked for a
 * flush, after which the container could not say how long the body is.
 */
final class HeldWriter extends PrintWriter {

	private final Consumer<Runnable> quietly;

	/**
	 * Create a writer.
	 * @param body takes the text
	 * @param charset the text's encoding
	 * @param quietly runs what may flush without taking it for the handler's wish
	 */
	HeldWriter(OutputStream body, Charset charset, Consumer<Runnable> quietly) {
		super(new OutputStreamWriter(body, charset));
		this.quietly = quietly;
	}

	@Override
	public void close() {
		this.quietly.accept(super::close);
	}

}
