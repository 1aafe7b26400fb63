package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The ways in which servlets answer without blocking.
 */
final class WriteListenerHandlers {

	private WriteListenerHandlers() {
	}

	/** The handlers by name. */
	static Map<String, Handlers.Handler> all() {
		Map<String, Handlers.Handler> handlers = new TreeMap<>();
		handlers.put("writeListener", (request, response) -> {
			AsyncContext async = request.startAsync();
			response.getOutputStream().setWriteListener(new Chunks(async, response, 1, false));
		});
		handlers.put("writeListenerOverBudget", (request, response) -> {
			AsyncContext async = request.startAsync();
			response.getOutputStream().setWriteListener(new Chunks(async, response, 3000, false));
		});
		handlers.put("writeListenerFlushed", (request, response) -> {
			AsyncContext async = request.startAsync();
			response.getOutputStream().setWriteListener(new Chunks(async, response, 30, true));
		});
		if (isCurrent()) {
			handlers.put("writeListenerSetLater", WriteListenerHandlers::setLater);
		}
		handlers.put("writeListenerAfterFlush", (request, response) -> {
			AsyncContext async = request.startAsync();
			response.getOutputStream().print(Handlers.GOODS);
			response.flushBuffer();
			response.getOutputStream().setWriteListener(new Chunks(async, response, 3000, false));
		});
		return handlers;
	}

	/**
	 * Whether the container is of Servlet 6.1. A listener that a thread of the
	 * application sets was seen to wait in vain for its turn on Tomcat 9, once in some
	 * runs on a busy machine.
	 */
	private static boolean isCurrent() {
		return Arrays.stream(HttpServletResponse.class.getMethods())
			.anyMatch((method) -> method.getName().equals("sendRedirect") && method.getParameterCount() == 3);
	}

	private static void setLater(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext async = request.startAsync();
		new Thread(() -> AsyncHandlers
			.writing(() -> response.getOutputStream().setWriteListener(new Chunks(async, response, 3000, false))))
			.start();
	}

	/** Writes chunks whenever it may, and completes. */
	private static final class Chunks implements WriteListener {

		private final AsyncContext async;

		private final ServletOutputStream output;

		private final boolean flush;

		private int left;

		private boolean flushed;

		Chunks(AsyncContext async, HttpServletResponse response, int chunks, boolean flush) throws IOException {
			this.async = async;
			this.output = response.getOutputStream();
			this.left = chunks;
			this.flush = flush;
			response.setHeader("X-Goods", Handlers.GOODS);
		}

		@Override
		public void onWritePossible() throws IOException {
			while (this.output.isReady()) {
				if (this.left == 0) {
					this.async.complete();
					return;
				}
				if (this.flush && this.left == 10 && !this.flushed) {
					this.flushed = true;
					this.output.flush();
				}
				else {
					this.left--;
					this.output.write((Handlers.GOODS + " ".repeat(1000) + this.left).getBytes());
				}
			}
		}

		@Override
		public void onError(Throwable failure) {
			// Like many: what is to be done about it?
		}

	}

}
