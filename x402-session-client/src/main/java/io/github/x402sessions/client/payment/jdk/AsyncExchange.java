package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * A caller's asynchronous request that takes several exchanges. Cancelling it cancels the
 * one under way.
 *
 * @param <T> the type of the body
 */
abstract class AsyncExchange<T> extends CompletableFuture<HttpResponse<T>> {

	private final Sending<T> sending;

	private volatile @Nullable CompletableFuture<HttpResponse<T>> underWay;

	AsyncExchange(Sending<T> sending) {
		this.sending = sending;
	}

	/** Start the next exchange, and cancel it at once if all is cancelled. */
	final CompletableFuture<HttpResponse<T>> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
		CompletableFuture<HttpResponse<T>> exchange = this.sending.send(request, handler);
		this.underWay = exchange;
		if (isCancelled()) {
			exchange.cancel(true);
		}
		return exchange;
	}

	@Override
	public final boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = super.cancel(mayInterruptIfRunning);
		CompletableFuture<HttpResponse<T>> exchange = this.underWay;
		if (cancelled && exchange != null) {
			exchange.cancel(true);
		}
		return cancelled;
	}

	/** As with the JDK's own futures, cancelling a dependent one cancels nothing else. */
	@Override
	public final <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	/** What went wrong, without what futures wrap around it. */
	static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	/**
	 * Starts an exchange.
	 *
	 * @param <T> the type of the body
	 */
	interface Sending<T> {

		CompletableFuture<HttpResponse<T>> send(HttpRequest request, HttpResponse.BodyHandler<T> handler);

	}

}
