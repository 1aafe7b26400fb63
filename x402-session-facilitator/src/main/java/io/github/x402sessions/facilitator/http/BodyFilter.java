package io.github.x402sessions.facilitator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.protocol.WireJson;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Reads the bodies of requests before anybody handles them, and no thread waits for what
 * has not arrived. A body has so much time as a whole: who sends a byte now and then is
 * cut off. Whoever has no key where one is needed is not read at all.
 */
final class BodyFilter extends HttpFilter {

	private static final Set<String> WITH_BODY = Set.of("POST", "DELETE");

	private static final int CHUNK = 4_096;

	private final RequestGuard guard;

	private final int limit;

	private final Duration longest;

	/**
	 * Create the filter.
	 * @param guard knows who is not let in
	 * @param limit the longest body that is read, bytes
	 * @param longest how long a whole body may take
	 */
	public BodyFilter(RequestGuard guard, int limit, Duration longest) {
		this.guard = guard;
		this.limit = limit;
		this.longest = longest;
	}

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request.getDispatcherType() != DispatcherType.REQUEST || !WITH_BODY.contains(request.getMethod())
				|| !this.guard.mayBeRead(request)) {
			chain.doFilter(request, response);
			return;
		}
		AsyncContext context = request.startAsync();
		context.setTimeout(this.longest.toMillis());
		Reading reading = new Reading(context, request.getInputStream());
		context.addListener(reading);
		request.getInputStream().setReadListener(reading);
	}

	/** One body that is being read. */
	private final class Reading implements ReadListener, AsyncListener {

		private final AsyncContext context;

		private final ServletInputStream input;

		private final ByteArrayOutputStream body = new ByteArrayOutputStream();

		private final AtomicBoolean ended = new AtomicBoolean();

		Reading(AsyncContext context, ServletInputStream input) {
			this.context = context;
			this.input = input;
		}

		@Override
		public void onDataAvailable() throws IOException {
			byte[] chunk = new byte[CHUNK];
			while (!this.ended.get() && this.input.isReady()) {
				int length = this.input.read(chunk);
				if (length < 0) {
					return;
				}
				this.body.write(chunk, 0, length);
				if (this.body.size() > BodyFilter.this.limit) {
					refuse(HttpServletResponse.SC_BAD_REQUEST,
							"the body is longer than " + BodyFilter.this.limit + " bytes");
				}
			}
		}

		@Override
		public void onAllDataRead() {
			if (this.ended.compareAndSet(false, true)) {
				RequestBody.put(this.context.getRequest(), this.body.toByteArray());
				this.context.dispatch();
			}
		}

		/**
		 * The client has gone, or what it sends are no chunks: the connection ends, and
		 * on Tomcat without an answer, as nothing more can be written to it.
		 */
		@Override
		public void onError(Throwable failure) {
			refuse(HttpServletResponse.SC_BAD_REQUEST, "the body broke off");
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			refuse(HttpServletResponse.SC_REQUEST_TIMEOUT, "the body did not come in time");
		}

		@Override
		public void onError(AsyncEvent event) {
			refuse(HttpServletResponse.SC_BAD_REQUEST, "the body broke off");
		}

		@Override
		public void onComplete(AsyncEvent event) {
			this.ended.set(true);
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			// the handler waits now, and the body has been read
		}

		private void refuse(int status, String error) {
			if (!this.ended.compareAndSet(false, true)) {
				return;
			}
			try {
				HttpServletResponse response = (HttpServletResponse) this.context.getResponse();
				response.setStatus(status);
				response.setHeader("Connection", "close");
				response.setContentType("application/json");
				response.getOutputStream().write(WireJson.write(Map.of("error", error)));
			}
			catch (IOException ex) {
				// whoever sent that does not read either
			}
			finally {
				this.context.complete();
			}
		}

	}

}
