package io.github.x402sessions.webflux.body;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.core.body.ArrivingBody;
import io.github.x402sessions.core.body.BodyStorage;
import io.github.x402sessions.core.body.RefusedBodyException;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentPayload;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Receives the bodies that have to be known before their handlers run, at the pace of
 * their storage. Thread-safe.
 */
public final class BodyReceiver {

	private final BodyStorage storage;

	/** Files are read and written on these. */
	private final Scheduler files = Schedulers.newBoundedElastic(16, 10_000, "x402-bodies", 30, true);

	/**
	 * Create a receiver.
	 * @param storage receives the bodies
	 */
	public BodyReceiver(BodyStorage storage) {
		this.storage = storage;
	}

	/**
	 * Receive the body of a request, if its payment wants that.
	 * @param request the request, nothing of whose body was read
	 * @param payment the payment that came with it, or {@code null} if none did
	 * @return the body, to be closed in the end; fails with {@link RefusedBodyException}
	 * if it is too long or too slow, or there is no room
	 */
	public Mono<ReceivedBody> receive(ServerHttpRequest request, @Nullable PaymentPayload payment) {
		if (payment == null || !(isSigned(payment) || isRepeatable(request, payment))) {
			return Mono.just(ReceivedBody.none(this.files));
		}
		return Mono.defer(() -> {
			ArrivingBody arriving = this.storage.begin(ReceivedBody.declaredLength(request));
			return request.getBody()
				.publishOn(this.files, 1)
				.doOnNext((data) -> add(arriving, data))
				.doOnDiscard(DataBuffer.class, DataBufferUtils::release)
				.then(Mono.fromSupplier(() -> ReceivedBody.of(arriving.stored(), this.files)))
				.timeout(arriving.patience())
				.onErrorMap(TimeoutException.class, (ex) -> arriving.tooSlow())
				.doOnError((failure) -> close(arriving))
				.doOnCancel(() -> this.files.schedule(() -> close(arriving)));
		});
	}

	private static boolean isSigned(PaymentPayload payment) {
		return ReceivedCall.signedIn(payment).filter((signed) -> !signed.leavesBodyOpen()).isPresent();
	}

	private static boolean isRepeatable(ServerHttpRequest request, PaymentPayload payment) {
		return ReceivedBody.hasBody(request) && PaymentIdentifier.of(payment).isPresent();
	}

	private static void add(ArrivingBody arriving, DataBuffer data) {
		try {
			byte[] bytes = new byte[data.readableByteCount()];
			data.read(bytes);
			arriving.add(bytes, bytes.length);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			DataBufferUtils.release(data);
		}
	}

	private static void close(ArrivingBody arriving) {
		try {
			arriving.stored().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
