package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.jspecify.annotations.Nullable;

/**
 * A caller's asynchronous request that follows redirects. Once it is done, by whomever,
 * nothing follows any more.
 *
 * @param <T> the type of the body
 */
final class FollowedExchange<T> extends AsyncExchange<T> {

	private final HttpResponse.BodyHandler<T> handler;

	FollowedExchange(HttpResponse.BodyHandler<T> handler, Sending<T> sending) {
		super(sending);
		this.handler = handler;
	}

	FollowedExchange<T> start(HttpRequest request) {
		follow(request, Redirection.MAX);
		return this;
	}

	@SuppressWarnings("FutureReturnValueIgnored") // every outcome ends in this future
	private void follow(HttpRequest request, int left) {
		Redirection<T> redirection = new Redirection<>(request, this.handler);
		send(request, (left > 0) ? redirection : this.handler).whenComplete((response, failure) -> {
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
			completeExceptionally(cause(failure));
		}
	}

}
