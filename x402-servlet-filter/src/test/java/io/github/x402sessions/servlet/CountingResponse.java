package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The response of an outer filter: counts the bytes that pass.
 */
final class CountingResponse extends HttpServletResponseWrapper {

	final AtomicLong count = new AtomicLong();

	private @Nullable ServletOutputStream output;

	CountingResponse(HttpServletResponse response) {
		super(response);
	}

	/** Find the one that an outer filter gave to a request. */
	static CountingResponse of(ServletRequest request) {
		return (CountingResponse) request.getAttribute(CountingResponse.class.getName());
	}

	/** Let a request find this one. */
	CountingResponse on(ServletRequest request) {
		request.setAttribute(CountingResponse.class.getName(), this);
		return this;
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		if (this.output == null) {
			this.output = new Counting(super.getOutputStream());
		}
		return this.output;
	}

	/** The stream that counts. */
	private final class Counting extends ServletOutputStream {

		private final ServletOutputStream delegate;

		Counting(ServletOutputStream delegate) {
			this.delegate = delegate;
		}

		@Override
		public void write(int value) throws IOException {
			this.delegate.write(value);
			CountingResponse.this.count.incrementAndGet();
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.delegate.write(bytes, offset, length);
			CountingResponse.this.count.addAndGet(length);
		}

		@Override
		public void flush() throws IOException {
			this.delegate.flush();
		}

		@Override
		public void close() throws IOException {
			this.delegate.close();
		}

		@Override
		public boolean isReady() {
			return this.delegate.isReady();
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			this.delegate.setWriteListener(listener);
		}

	}

}
