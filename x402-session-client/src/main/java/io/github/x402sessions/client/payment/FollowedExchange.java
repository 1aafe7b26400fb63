package io.github.x402sessions.client.payment;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * A caller's asynchronous request that follows redirects. Cancelling it cancels the
 * exchange under way, and nothing follows after that.
 *
 * @param <T> the type of the body
 */
final class FollowedExchange<T> extends CompletableFuture<HttpResponse<T>> {

	private final HttpResponse.BodyHandler<T> handler;

	private final PaidExchange.Sending<T> sending;

	private volatile @Nullable CompletableFuture<HttpResponse<T>> underWay;

	FollowedExchange(HttpResponse.BodyHandler<T> handler, PaidExchange.Sending<T> sending) {
		this.handler = handler;
		this.sending = sending;
	}

	FollowedExchange<T> start(HttpRequest request) {
		follow(request, Redirection.MAX);
		return this;
	}

	@SuppressWarnings("FutureReturnValueIgnored") // every outcome ends in this future
	private void follow(HttpRequest request, int left) {
		Redirection<T> redirection = new Redirection<>(request, this.handler);
		CompletableFuture<HttpResponse<T>> exchange = this.sending.send(request,
				(left > 0) ? redirection : this.handler);
		this.underWay = exchange;
		if (isCancelled()) {
			exchange.cancel(true);
		}
		exchange.whenComplete((response, failure) -> {
			HttpRequest next = redirection.next();
			if (failure == null && next != null && !isDone()) {
				continueWith(next, left - 1);
			}
			else {
				end(response, failure);
			}
		});
	}

	private void continueWith(HttpRequest next, int left) {
		try {
			follow(next, left);
		}
		catch (RuntimeException ex) {
			completeExceptionally(ex);
		}
	}

	private void end(@Nullable HttpResponse<T> response, @Nullable Throwable failure) {
		if (response != null) {
			complete(response);
		}
		else if (failure != null) {
			completeExceptionally((failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure);
		}
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		CompletableFuture<HttpResponse<T>> exchange = this.underWay;
		if (cancelled && exchange != null) {
			exchange.cancel(true);
		}
		return cancelled;
	}

	/** As with the JDK's own futures, cancelling a dependent one cancels nothing else. */
	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

}
