package io.github.x402sessions.core.settle;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.gate.HoldOutcome;
import io.github.x402sessions.core.payment.Charge;
import io.github.x402sessions.core.payment.SettlementThreads;

/**
 * The streams of one filter whose payments are held: ends those whose holds are about to
 * lapse, and all of them when the filter ends. What they have used is settled on threads
 * of their facilitator's own, so that one that does not answer is asked again for as long
 * as its holds last, and neither an answer nor another facilitator's stream waits for it.
 * All methods are thread-safe.
 */
public final class MeteredStreams {

	/** Time to be heard by a facilitator that has to be asked again. */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	/** How long the end of a filter waits for all of its streams. */
	private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

	private final Set<MeteredStream> open = ConcurrentHashMap.newKeySet();

	private final Map<Facilitator, Executor> conclusions = new ConcurrentHashMap<>();

	private final ScheduledThreadPoolExecutor deadlines;

	/**
	 * Create the streams of one filter, none of which is open.
	 */
	public MeteredStreams() {
		this.deadlines = new ScheduledThreadPoolExecutor(1,
				(task) -> SettlementThreads.daemon(task, "x402-hold-deadlines"));
		this.deadlines.setKeepAliveTime(SettlementThreads.IDLE_SECONDS, TimeUnit.SECONDS);
		this.deadlines.allowCoreThreadTimeOut(true);
		this.deadlines.setRemoveOnCancelPolicy(true);
	}

	/**
	 * A stream begins.
	 * @param buffer how much its container keeps before it sends it, bytes
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the stream's end is kept elsewhere
	public MeteredStream begin(Charge charge, HoldOutcome.Held held, int buffer) {
		MeteredStream stream = new MeteredStream(charge, held, conclusions(held.verified().facilitator()), buffer);
		this.open.add(stream);
		ScheduledFuture<?> deadline = this.deadlines.schedule(() -> stream.conclude(false),
				timeToStream(held.until()).toMillis(), TimeUnit.MILLISECONDS);
		stream.end().whenComplete((outcome, failure) -> {
			deadline.cancel(false);
			this.open.remove(stream);
		});
		return stream;
	}

	/** An answer is kept for which something may be held. */
	DoubtfulHold watch(Charge charge, HoldOutcome.Doubtful doubtful) {
		return new DoubtfulHold(charge, doubtful, conclusions(doubtful.verified().facilitator()));
	}

	private Executor conclusions(Facilitator facilitator) {
		return this.conclusions.computeIfAbsent(facilitator, (added) -> SettlementThreads.ofStreams());
	}

	/** All but the last minute, or the last quarter of a shorter hold. */
	private static Duration timeToStream(Instant until) {
		Duration left = Duration.between(Instant.now(), until);
		Duration margin = left.dividedBy(4);
		return left.minus((margin.compareTo(MARGIN) < 0) ? margin : MARGIN);
	}

	/** End all streams: what has left until now is settled, and nothing more charged. */
	public void conclude() {
		Set<MeteredStream> ending = Set.copyOf(this.open);
		ending.forEach((stream) -> stream.conclude(false));
		MeteredStream.await(
				CompletableFuture.allOf(ending.stream().map(MeteredStream::end).toArray(CompletableFuture[]::new)),
				LAST_PATIENCE);
	}

}
