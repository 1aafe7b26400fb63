package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * The body of a 402 of which it takes time to say whose it is, such as until a session is
 * open. Asks for none of it before, so no thread waits. Called serially, as all
 * subscribers are.
 *
 * @param <T> the type of the body
 */
final class UndecidedBody<T> implements HttpResponse.BodySubscriber<T> {

	private final CompletionStage<HttpResponse.BodySubscriber<T>> decided;

	/** What has come after all that came before it has been passed on. */
	private CompletionStage<HttpResponse.BodySubscriber<T>> passedOn;

	UndecidedBody(CompletionStage<HttpResponse.BodySubscriber<T>> decided) {
		this.decided = decided;
		this.passedOn = decided;
	}

	@Override
	public CompletionStage<T> getBody() {
		return this.decided.thenCompose(HttpResponse.BodySubscriber::getBody);
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.passedOn = this.passedOn.whenComplete((target, failure) -> {
			if (failure != null) {
				subscription.cancel();
			}
		});
		passOn((target) -> target.onSubscribe(subscription));
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		passOn((target) -> target.onNext(buffers));
	}

	@Override
	public void onError(Throwable failure) {
		passOn((target) -> target.onError(failure));
	}

	@Override
	public void onComplete() {
		passOn(Flow.Subscriber::onComplete);
	}

	private void passOn(Consumer<HttpResponse.BodySubscriber<T>> signal) {
		this.passedOn = this.passedOn.thenApply((target) -> {
			signal.accept(target);
			return target;
		});
	}

}
