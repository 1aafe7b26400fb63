package io.github.x402sessions.client.payment.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.client.payment.PaidCallFactory;

/**
 * The body of a request that carries a payment, which may be empty. The JDK's client
 * repeats a GET by itself when a kept connection breaks; it asks a body's length once for
 * each attempt, after it has a connection and before it writes the first byte. So this
 * knows whether the payment may have left the machine, and can end the second attempt
 * where that would be a second payment. Thread-safe.
 */
final class PaidBody implements BodyPublisher {

	private final BodyPublisher body;

	private final boolean repeatable;

	private final AtomicBoolean left = new AtomicBoolean();

	/**
	 * Create a body.
	 * @param body what is sent
	 * @param repeatable whether the server charges the request once, however often it
	 * gets it
	 */
	PaidBody(BodyPublisher body, boolean repeatable) {
		this.body = body;
		this.repeatable = repeatable;
	}

	/** A request that came with a payment is sent as it is, once. */
	static HttpRequest onceIfPaid(HttpRequest request) {
		if (!PaidCallFactory.isPaid(request.headers()::allValues)) {
			return request;
		}
		return HttpRequest.newBuilder(request, (name, value) -> true)
			.method(request.method(), new PaidBody(request.bodyPublisher().orElse(BodyPublishers.noBody()), false))
			.build();
	}

	@Override
	public long contentLength() {
		if (this.left.getAndSet(true) && !this.repeatable) {
			throw new UncheckedIOException(
					new IOException("the connection broke after the payment was sent, which is not sent again"));
		}
		return this.body.contentLength();
	}

	@Override
	public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
		this.left.set(true);
		this.body.subscribe(subscriber);
	}

	/** Whether the payment may have left this machine. */
	boolean hasLeft() {
		return this.left.get();
	}

}
