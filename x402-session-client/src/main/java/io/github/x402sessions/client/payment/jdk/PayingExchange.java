package io.github.x402sessions.client.payment.jdk;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.BiConsumer;

import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.core.protocol.PaymentHeader;
import org.jspecify.annotations.Nullable;

/**
 * A caller's asynchronous request: one exchange, and others if it is to be paid. Once it
 * is done, by whomever, nothing more is paid.
 *
 * @param <T> the type of the body
 */
final class PayingExchange<T> extends AsyncExchange<T> {

	private final HttpRequest request;

	private final PaidCall call;

	private final ChallengeHandler<T> handler;

	PayingExchange(RecordedRequest recorded, PaidCall call, HttpResponse.BodyHandler<T> handler, Sending<T> sending) {
		super(sending);
		this.request = recorded.request();
		this.call = call;
		this.handler = new ChallengeHandler<>(recorded, call, handler);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // every outcome ends in this future
	PayingExchange<T> start() {
		send(this.handler.firstRequest(), this.handler).whenComplete(this::afterFirst);
		return this;
	}

	private void afterFirst(@Nullable HttpResponse<T> response, @Nullable Throwable failure) {
		if (failure != null && cause(failure) instanceof IOException broken && !isDone()) {
			// Where that is not answered either, the caller sees the first failure.
			this.handler.requestAfter(broken)
				.ifPresentOrElse(
						(again) -> next(again,
								(answer, unanswered) -> afterAsking(answer, (answer != null) ? null : failure)),
						() -> afterAsking(response, failure));
		}
		else {
			afterAsking(response, failure);
		}
	}

	private void afterAsking(@Nullable HttpResponse<T> response, @Nullable Throwable failure) {
		HttpRequest paid = this.handler.nextRequest().orElse(null);
		if (paid == null) {
			end(response, failure);
		}
		else if (isDone()) {
			this.call.notSent();
		}
		else {
			// That the 402 broke off after its headers does not matter.
			next(paid, this::afterAsking);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // every outcome ends in this future
	private void next(HttpRequest request, BiConsumer<@Nullable HttpResponse<T>, @Nullable Throwable> then) {
		try {
			send(request, this.handler).whenComplete(then);
		}
		catch (RuntimeException ex) {
			completeExceptionally(ex);
		}
	}

	private void end(@Nullable HttpResponse<T> response, @Nullable Throwable failure) {
		if (response != null) {
			this.call.answered(response.statusCode(), response.headers().allValues(PaymentHeader.RESPONSE),
					response.headers().allValues(PaymentHeader.REQUIRED));
			complete(new CallersResponse<>(this.request, response));
		}
		else if (failure != null) {
			Throwable cause = cause(failure);
			this.handler.failed(cause);
			completeExceptionally(cause);
		}
	}

}
