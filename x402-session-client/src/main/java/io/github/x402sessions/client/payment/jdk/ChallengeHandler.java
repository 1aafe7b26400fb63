package io.github.x402sessions.client.payment.jdk;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.core.protocol.PaymentHeader;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests that a caller's request takes, the first with a record of its body,
 * and decides on each answer as soon as its headers are there, or when a session is open
 * that can pay it: the body of a 402 that will be paid is dropped, every other body goes
 * to the caller's own handler, which so sees exactly the answer that the caller gets.
 *
 * @param <T> the type of the body
 */
final class ChallengeHandler<T> implements HttpResponse.BodyHandler<T> {

	private static final int PAYMENT_REQUIRED = 402;

	/** How long a request is sent slowly. */
	private static final Duration SLOWLY = Duration.ofSeconds(10);

	private final HttpRequest request;

	private final PaidCall call;

	private final HttpResponse.BodyHandler<T> delegate;

	private final @Nullable RecordedBody body;

	private volatile @Nullable PaidBody paidBody;

	private volatile @Nullable HttpRequest paid;

	private volatile boolean askedAgain;

	/** On the clock of {@link System#nanoTime()}. */
	private final long started = System.nanoTime();

	ChallengeHandler(RecordedRequest recorded, PaidCall call, HttpResponse.BodyHandler<T> delegate) {
		this.request = recorded.request();
		this.call = call;
		this.delegate = delegate;
		this.body = recorded.body();
	}

	/** The request to send first, paid for at once where the price is known. */
	HttpRequest firstRequest() {
		Optional<String> payment = this.call.prepayment();
		if (this.body == null && payment.isEmpty()) {
			return this.request;
		}
		return request(this.body, payment.orElse(null));
	}

	/**
	 * The request to send once more, slowly, where the connection broke before a long
	 * body was sent: the server may have answered and not read on. It cannot have got the
	 * request whole, and nothing was paid. Only where somebody may pay, and within the
	 * caller's time.
	 */
	Optional<HttpRequest> requestAfter(IOException failure) {
		if (this.askedAgain || this.paid != null || this.paidBody != null || this.body == null || !this.body.isCutOff()
				|| failure instanceof HttpTimeoutException || !this.call.mayBePaid()) {
			return Optional.empty();
		}
		Duration left = this.request.timeout()
			.map((all) -> all.minusNanos(System.nanoTime() - this.started))
			.orElse(SLOWLY);
		if (left.isNegative() || left.isZero()) {
			return Optional.empty();
		}
		this.askedAgain = true;
		Duration limit = (left.compareTo(SLOWLY) < 0) ? left : SLOWLY;
		return this.body.again()
			.map((again) -> HttpRequest.newBuilder(request(new PacedBody(again), null), (name, value) -> true)
				.timeout(limit)
				.build());
	}

	@Override
	public HttpResponse.BodySubscriber<T> apply(HttpResponse.ResponseInfo info) {
		if (info.statusCode() != PAYMENT_REQUIRED) {
			return this.delegate.apply(info);
		}
		CompletableFuture<Optional<HttpRequest>> answer = answer(info.headers());
		return answer.isDone() ? body(answer.join(), info)
				: new UndecidedBody<>(answer.thenApply((request) -> body(request, info)));
	}

	private HttpResponse.BodySubscriber<T> body(Optional<HttpRequest> answer, HttpResponse.ResponseInfo info) {
		this.paid = answer.orElse(null);
		return answer.isPresent() ? new DroppedBody<>() : this.delegate.apply(info);
	}

	/** Whether a request is to be sent instead of what the last answer was for. */
	boolean isPaying() {
		return this.paid != null;
	}

	/** That request, once there is an answer, to be sent with this handler. */
	Optional<HttpRequest> nextRequest() {
		HttpRequest next = this.paid;
		this.paid = null;
		return Optional.ofNullable(next);
	}

	/** No answer came to what was sent last. */
	void failed(Throwable failure) {
		PaidBody last = this.paidBody;
		if (last == null || last.hasLeft()) {
			this.call.failed(failure);
		}
		else {
			this.call.notSent();
		}
	}

	/** What is not the caller's body is not paid for. */
	private CompletableFuture<Optional<HttpRequest>> answer(HttpHeaders headers) {
		HttpRequest.BodyPublisher again = (this.body != null) ? this.body.again().orElse(null) : null;
		if (this.body != null && again == null) {
			this.call.cannotRepeat();
			return CompletableFuture.completedFuture(Optional.empty());
		}
		return this.call.answerLater(headers.allValues(PaymentHeader.REQUIRED), headers.allValues("Date"))
			.thenApply((answer) -> answer.map((payment) -> request(again, payment)));
	}

	private HttpRequest request(HttpRequest.@Nullable BodyPublisher body, @Nullable String payment) {
		HttpRequest.Builder copy = HttpRequest.newBuilder(this.request, (name, value) -> true);
		HttpRequest.BodyPublisher sent = body;
		if (payment != null) {
			PaidBody once = new PaidBody((body != null) ? body : HttpRequest.BodyPublishers.noBody(),
					this.call.isRepeatable());
			copy.setHeader(PaymentHeader.SIGNATURE, payment);
			this.paidBody = once;
			sent = once;
		}
		if (sent != null) {
			copy.method(this.request.method(), sent);
		}
		if (this.body != null && this.body.outgrowsAWindow()) {
			copy.version(HttpClient.Version.HTTP_1_1);
		}
		return copy.build();
	}

}
