package io.github.x402sessions.client.payment;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Sends a caller's request the first time, with a record of its body, and decides on the
 * answer as soon as its headers are there: the body of a 402 that will be paid is
 * dropped, every other body goes to the caller's own handler, which so sees exactly the
 * answer that the caller gets.
 *
 * @param <T> the type of the body
 */
final class ChallengeHandler<T> implements HttpResponse.BodyHandler<T> {

	private static final int PAYMENT_REQUIRED = 402;

	private final HttpRequest request;

	private final SessionPayer payer;

	private final HttpResponse.BodyHandler<T> delegate;

	private final @Nullable RecordedBody body;

	private volatile @Nullable HttpRequest paid;

	ChallengeHandler(HttpRequest request, SessionPayer payer, HttpResponse.BodyHandler<T> delegate) {
		this.request = request;
		this.payer = payer;
		this.delegate = delegate;
		this.body = request.bodyPublisher().map(RecordedBody::new).orElse(null);
	}

	/** The request to send first. */
	HttpRequest firstRequest() {
		return (this.body != null) ? withBody(this.request, this.body) : this.request;
	}

	@Override
	public HttpResponse.BodySubscriber<T> apply(HttpResponse.ResponseInfo info) {
		if (info.statusCode() == PAYMENT_REQUIRED) {
			this.paid = this.payer.answer(this.request, info.headers()).flatMap(this::withSameBody).orElse(null);
		}
		return (this.paid != null) ? new DroppedBody<>() : this.delegate.apply(info);
	}

	/** The request to send instead, once there is an answer. */
	Optional<HttpRequest> paidRequest() {
		return Optional.ofNullable(this.paid);
	}

	/** What is not the caller's body is not paid for. */
	private Optional<HttpRequest> withSameBody(HttpRequest request) {
		return (this.body != null) ? this.body.again().map((again) -> withBody(request, again)) : Optional.of(request);
	}

	private static HttpRequest withBody(HttpRequest request, HttpRequest.BodyPublisher body) {
		return HttpRequest.newBuilder(request, (name, value) -> true).method(request.method(), body).build();
	}

}
