package io.github.x402sessions.facilitator.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Hands an answer from the thread that makes it to the container, which writes it. An
 * answer that comes too late, or that the container does not take before it is done with
 * the request, is lost, and whoever watches it hears so. Thread-safe.
 */
final class ResponseHandover implements DeferredResultProcessingInterceptor {

	private final CompletableFuture<Handed> awaited = new CompletableFuture<>();

	private final Handed late;

	private final Consumer<ResponseHandover> over;

	/**
	 * Create a handover.
	 * @param late what is answered when the time is over
	 * @param over hears when an answer was taken or none will be
	 */
	ResponseHandover(ServerResponse late, Consumer<ResponseHandover> over) {
		this.late = new Handed(late);
		this.over = over;
	}

	/**
	 * Let a request be answered by this.
	 * @param longest how long it waits
	 * @return that the answer comes later
	 */
	ServerResponse begin(ServerRequest request, Duration longest) {
		WebAsyncUtils.getAsyncManager(request.servletRequest()).registerDeferredResultInterceptor(this, this);
		return ServerResponse.async(this.awaited.completeOnTimeout(this.late, longest.toNanos(), TimeUnit.NANOSECONDS),
				Duration.ZERO);
	}

	/** Give the answer. */
	void give(ServerResponse answer) {
		Handed handed = new Handed(answer);
		if (!this.awaited.complete(handed)) {
			handed.lose();
		}
	}

	@Override
	public <T> void afterCompletion(NativeWebRequest request, DeferredResult<T> result) {
		abandon();
	}

	/** Nothing will be written any more. */
	void abandon() {
		this.awaited.complete(this.late);
		this.awaited.join().lose();
	}

	/** An answer that is taken once, or lost. */
	private final class Handed implements WrappedServerResponse {

		private final ServerResponse answer;

		private final AtomicBoolean taken = new AtomicBoolean();

		Handed(ServerResponse answer) {
			this.answer = answer;
		}

		@Override
		public ServerResponse answer() {
			return this.answer;
		}

		void lose() {
			if (take() && this.answer instanceof WatchedResponse watched) {
				watched.lost().run();
			}
		}

		private boolean take() {
			ResponseHandover.this.over.accept(ResponseHandover.this);
			return this.taken.compareAndSet(false, true);
		}

		@Override
		public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse response, Context context)
				throws ServletException, IOException {
			if (!take()) {
				throw new IOException("the answer was given up");
			}
			return this.answer.writeTo(request, response, context);
		}

	}

}
