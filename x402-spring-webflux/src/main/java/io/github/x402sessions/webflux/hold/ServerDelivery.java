package io.github.x402sessions.webflux.hold;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

import io.github.x402sessions.core.settle.DeliveryWatch;
import io.github.x402sessions.core.settle.PaidHandling;
import io.github.x402sessions.core.settle.ResponseCopy;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The way of a released answer to its client, a part at a time: the next one is asked for
 * when the server has sent the last, so that nobody pays for what waits, and nothing but
 * that part is kept for a client that does not read.
 */
final class ServerDelivery {

	private final ServerBacklog backlog;

	private final PaidHandling settlement;

	private final ResponseCopy copy;

	private final GateThreads threads;

	private volatile boolean gone;

	ServerDelivery(ServerBacklog backlog, PaidHandling settlement, ResponseCopy copy, GateThreads threads) {
		this.backlog = backlog;
		this.settlement = settlement;
		this.copy = copy;
		this.threads = threads;
	}

	/** Whether the client has gone. */
	boolean isGone() {
		return this.gone;
	}

	/** Send a part, and copy it. Ends when it was sent. */
	Flux<DataBuffer> pass(DataBuffer part) {
		if (this.copy.isOpen()) {
			ByteBuffer bytes = ByteBuffer.allocate(part.readableByteCount());
			part.toByteBuffer(bytes);
			this.copy.write(bytes.array(), 0, bytes.capacity());
		}
		return send(part);
	}

	/** Send a part that was copied before. Ends when it was sent. */
	Flux<DataBuffer> send(DataBuffer part) {
		DeliveryWatch watch = this.settlement.delivery();
		try {
			watch.writing(part.readableByteCount());
		}
		catch (IOException ex) {
			DataBufferUtils.release(part);
			this.copy.giveUp();
			return Flux.error(ex);
		}
		watch.written();
		return Flux.concat(Mono.just(this.backlog.followed(part)),
				this.backlog.drained().doOnError((failure) -> lose()).then(Mono.fromRunnable(watch::flushed)));
	}

	/** The client has gone: what has not left is not charged. */
	void lose() {
		DeliveryWatch watch = this.settlement.delivery();
		if (!this.gone && this.backlog.isEmpty()) {
			watch.flushed();
		}
		this.gone = true;
		watch.cutOff();
		if (isWatched()) {
			this.threads.later(watch::lost);
		}
		this.copy.giveUp();
	}

	/** Whether somebody settles by what has left. */
	@SuppressWarnings("ReferenceEquality") // there is one that sees nothing
	boolean isWatched() {
		return this.settlement.delivery() != DeliveryWatch.NONE;
	}

	/** All was sent; the client is to find the final amount when it hears the end. */
	Mono<Void> delivered() {
		return isWatched()
				? this.threads.end(() -> this.settlement.delivery().ending(true)).flatMap(Mono::fromCompletionStage)
				: Mono.empty();
	}

	/** Nothing more is sent. */
	CompletionStage<@Nullable Void> over() {
		return this.settlement.delivery().ending(false);
	}

}
