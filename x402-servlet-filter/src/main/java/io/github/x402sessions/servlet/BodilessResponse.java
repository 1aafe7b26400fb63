package io.github.x402sessions.servlet;

import java.io.PrintWriter;
import java.io.Writer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body goes nowhere.
 */
final class BodilessResponse extends HttpServletResponseWrapper {

	BodilessResponse(HttpServletResponse response) {
		super(response);
	}

	@Override
	public ServletOutputStream getOutputStream() {
		return new Nowhere();
	}

	@Override
	public PrintWriter getWriter() {
		return new PrintWriter(Writer.nullWriter());
	}

	@Override
	public void setContentLength(int length) {
	}

	@Override
	public void setContentLengthLong(long length) {
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		if (!isLength(name)) {
			super.setHeader(name, value);
		}
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		if (!isLength(name)) {
			super.addHeader(name, value);
		}
	}

	@Override
	public void setIntHeader(String name, int value) {
		if (!isLength(name)) {
			super.setIntHeader(name, value);
		}
	}

	@Override
	public void addIntHeader(String name, int value) {
		if (!isLength(name)) {
			super.addIntHeader(name, value);
		}
	}

	/** A client would wait for a body of that length. */
	private static boolean isLength(String name) {
		return name.equalsIgnoreCase("Content-Length");
	}

	/** Loses what is written. */
	private static final class Nowhere extends ServletOutputStream {

		@Override
		public void write(int value) {
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			throw new IllegalStateException("the request is not asynchronous");
		}

	}

}
