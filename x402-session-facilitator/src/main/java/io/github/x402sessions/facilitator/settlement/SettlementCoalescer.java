package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Coalesces settlements between the same parties that come at about the same time into
 * one transaction. The first one waits for others and then for a channel; whoever comes
 * until it has one goes along. Thread-safe.
 */
public final class SettlementCoalescer {

	private final TransactionDispatcher dispatcher;

	private final Duration window;

	private final Map<Parties, SettlementBatch> open = new ConcurrentHashMap<>();

	/**
	 * Create it.
	 * @param dispatcher sends off
	 * @param window how long the first one waits for others; zero lets everyone go alone
	 */
	public SettlementCoalescer(TransactionDispatcher dispatcher, Duration window) {
		this.dispatcher = dispatcher;
		this.window = window;
	}

	/**
	 * Send a settlement off, alone or with others.
	 * @return what came of it; unknown where that is not known in time
	 */
	DispatchResult dispatch(Settlement settlement, boolean alone, SettleDeadline deadline) {
		SettlementBatch own = new SettlementBatch();
		own.join(settlement);
		if (alone || this.window.isZero()) {
			return this.dispatcher.dispatch(own::close, deadline);
		}
		Parties parties = settlement.transfer().parties();
		SettlementBatch joined = this.open.compute(parties,
				(key, waiting) -> (waiting != null && waiting.join(settlement)) ? waiting : own);
		if (joined == own) {
			lead(parties, own, deadline);
		}
		return await(joined, deadline);
	}

	private void lead(Parties parties, SettlementBatch batch, SettleDeadline deadline) {
		try {
			TimeUnit.NANOSECONDS.sleep(Math.min(this.window.toNanos(), deadline.leftForLease().toNanos()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		batch.dispatched().complete(this.dispatcher.dispatch(() -> {
			this.open.remove(parties, batch);
			return batch.close();
		}, deadline));
	}

	private static DispatchResult await(SettlementBatch batch, SettleDeadline deadline) {
		try {
			return batch.dispatched().get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new DispatchResult.Unknown();
		}
		catch (ExecutionException | TimeoutException ex) {
			return new DispatchResult.Unknown();
		}
	}

}
