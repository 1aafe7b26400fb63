package io.github.x402sessions.facilitator.settlement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.facilitator.settlement.repository.Settlement;

/**
 * Settlements between the same parties that leave in one transaction. Thread-safe.
 */
final class SettlementBatch {

	/** What one database transaction writes down in a moment. */
	private static final int MOST = 1_000;

	private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

	private final List<Settlement> members = new ArrayList<>();

	private final CompletableFuture<DispatchResult> dispatched = new CompletableFuture<>();

	private BigInteger sum = BigInteger.ZERO;

	private boolean closed;

	/** Return whether the settlement goes along; if not, it needs another batch. */
	synchronized boolean join(Settlement settlement) {
		BigInteger more = this.sum.add(settlement.transfer().amount());
		if (this.closed || this.members.size() == MOST || more.compareTo(LARGEST) > 0) {
			return false;
		}
		this.sum = more;
		return this.members.add(settlement);
	}

	/** Let nobody join any more. */
	synchronized List<Settlement> close() {
		this.closed = true;
		return List.copyOf(this.members);
	}

	/** Return what will have come of it. */
	CompletableFuture<DispatchResult> dispatched() {
		return this.dispatched;
	}

}
