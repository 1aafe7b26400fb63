package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

import io.github.x402sessions.servlet.request.UnpaidRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The answer to a granted request, which tells its status once when it has ended. What
 * has left counts: a handler that fails afterwards, or whose client goes, has answered
 * with the status that was sent.
 */
final class GrantedAnswer implements AsyncListener {

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final IntConsumer ended;

	private final AtomicBoolean over = new AtomicBoolean();

	/**
	 * Create an answer.
	 * @param request the request as the container knows it
	 * @param response the response that the handler is given
	 * @param ended hears of the status
	 */
	GrantedAnswer(HttpServletRequest request, HttpServletResponse response, IntConsumer ended) {
		this.request = request;
		this.response = response;
		this.ended = ended;
	}

	/**
	 * Let the handler run.
	 * @param seen what it sees of the request
	 */
	void run(HttpServletRequest seen, FilterChain chain) throws IOException, ServletException {
		try {
			UnpaidRequest.run(seen, this.response, chain);
		}
		catch (IOException | ServletException | RuntimeException | Error ex) {
			returned(this.response.isCommitted() ? this.response.getStatus()
					: HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
			throw ex;
		}
		returned(this.response.getStatus());
	}

	private void returned(int status) {
		if (this.request.isAsyncStarted()) {
			this.request.getAsyncContext().addListener(this);
		}
		else {
			end(status);
		}
	}

	private void end(int status) {
		if (this.over.compareAndSet(false, true)) {
			this.ended.accept(status);
		}
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		event.getAsyncContext().addListener(this);
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		// It is completed after that.
	}

	@Override
	public void onError(AsyncEvent event) {
		// It is completed after that.
	}

	@Override
	public void onComplete(AsyncEvent event) {
		end(this.response.getStatus());
	}

}
