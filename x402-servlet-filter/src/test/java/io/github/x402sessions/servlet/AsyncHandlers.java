package io.github.x402sessions.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * The ways in which servlets answer later.
 */
final class AsyncHandlers {

	private AsyncHandlers() {
	}

	/** The handlers by name. */
	static Map<String, Handlers.Handler> all() {
		Map<String, Handlers.Handler> handlers = new TreeMap<>();
		handlers.put("asyncThread", (request, response) -> {
			AsyncContext async = request.startAsync();
			new Thread(() -> answer(async)).start();
		});
		handlers.put("asyncStart", (request, response) -> {
			AsyncContext async = request.startAsync(request, response);
			async.start(() -> answer(async));
		});
		handlers.put("asyncAtOnce", (request, response) -> answer(request.startAsync()));
		handlers.put("asyncWrapped", (request, response) -> {
			AsyncContext async = request.startAsync(request, new HttpServletResponseWrapper(response));
			async.start(() -> answer(async));
		});
		handlers.put("asyncHeaderOnly", (request, response) -> {
			AsyncContext async = request.startAsync();
			response.setHeader("X-Goods", Handlers.GOODS);
			async.start(async::complete);
		});
		handlers.put("asyncRedirect", (request, response) -> {
			AsyncContext async = request.startAsync();
			async.start(() -> writing(() -> {
				response.sendRedirect("/" + Handlers.GOODS);
				async.complete();
			}));
		});
		handlers.put("asyncFlushed", (request, response) -> {
			AsyncContext async = request.startAsync();
			async.start(() -> writing(() -> {
				response.getOutputStream().print(Handlers.GOODS);
				response.flushBuffer();
				response.getOutputStream().print(Handlers.GOODS);
				async.complete();
			}));
		});
		handlers.put("asyncOverBudget", (request, response) -> {
			AsyncContext async = request.startAsync();
			async.start(() -> writing(() -> {
				for (int i = 0; i < 2000; i++) {
					response.getOutputStream().print(Handlers.GOODS + " ".repeat(100));
				}
				async.complete();
			}));
		});
		handlers.put("asyncDispatch", (request, response) -> {
			if (request.getDispatcherType() != DispatcherType.ASYNC) {
				request.startAsync().dispatch();
			}
			else {
				response.getOutputStream().print(Handlers.GOODS);
			}
		});
		handlers.put("asyncDispatchLater", (request, response) -> {
			if (request.getDispatcherType() != DispatcherType.ASYNC) {
				AsyncContext async = request.startAsync(request, response);
				response.setHeader("X-Goods", Handlers.GOODS);
				new Thread(async::dispatch).start();
			}
			else {
				response.getOutputStream().print(Handlers.GOODS);
			}
		});
		handlers.put("asyncDispatchToPaid", (request, response) -> request.startAsync().dispatch("/paid/writer"));
		handlers.put("asyncDispatchToFree", (request, response) -> request.startAsync().dispatch("/free/flushed"));
		handlers.put("asyncDispatchToAsync", (request, response) -> request.startAsync().dispatch("/free/asyncThread"));
		handlers.put("asyncForwarded",
				(request, response) -> request.getRequestDispatcher("/free/asyncStart").forward(request, response));
		handlers.put("asyncTimeoutAnswered", (request, response) -> {
			AsyncContext async = request.startAsync();
			async.setTimeout(250);
			async.addListener(new Listener() {

				@Override
				public void onTimeout(AsyncEvent event) {
					answer(event.getAsyncContext());
				}

			});
		});
		handlers.put("asyncTimeoutDispatched", (request, response) -> {
			AsyncContext async = request.startAsync();
			async.setTimeout(250);
			async.addListener(new Listener() {

				@Override
				public void onTimeout(AsyncEvent event) {
					event.getAsyncContext().dispatch("/free/writer");
				}

			});
		});
		return handlers;
	}

	/** Answer and complete, for a client that may leave meanwhile. */
	static void leavable(AsyncContext async, Writing answer) {
		try {
			answer.run();
		}
		catch (IOException ex) {
			// The client has gone.
		}
		finally {
			try {
				async.complete();
			}
			catch (IllegalStateException ex) {
				// The container has noticed, too.
			}
		}
	}

	private static void answer(AsyncContext async) {
		writing(() -> {
			HttpServletResponse response = (HttpServletResponse) async.getResponse();
			response.setHeader("X-Goods", Handlers.GOODS);
			response.getOutputStream().print(Handlers.GOODS);
			async.complete();
		});
	}

	/** Write and, like many handlers, give no thought to a failure. */
	static void writing(Writing writing) {
		try {
			writing.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What writes. */
	@FunctionalInterface
	interface Writing {

		void run() throws IOException;

	}

	/** A listener that does nothing. */
	static class Listener implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
		}

		@Override
		public void onTimeout(AsyncEvent event) {
		}

		@Override
		public void onError(AsyncEvent event) {
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
		}

	}

}
