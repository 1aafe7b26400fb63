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
import io.github.x402sessions.stellar.transfer.TransferMethod;

/**
 * Coalesces settlements between the same parties that come at about the same time into
 * one transaction. The first one waits for others and then for a channel; whoever comes
 * until it has one goes along. Thread-safe.
 */
public final class SettlementCoalescer {

	private final TransactionDispatcher dispatcher;

	private final Duration window;

	private final Map<Together, SettlementBatch> open = new ConcurrentHashMap<>();

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
	 * Send a settlement off, alone or with others where its method lets them go together.
	 * @return what came of it; unknown where that is not known in time
	 */
	DispatchResult dispatch(Settlement settlement, TransferMethod method, boolean alone, SettleDeadline deadline) {
		SettlementBatch own = new SettlementBatch();
		own.join(settlement);
		if (alone || !method.coalesces() || this.window.isZero()) {
			return this.dispatcher.dispatch(own::close, method, deadline);
		}
		Together together = new Together(method, settlement.transfer().parties());
		SettlementBatch joined = this.open.compute(together,
				(key, waiting) -> (waiting != null && waiting.join(settlement)) ? waiting : own);
		if (joined == own) {
			lead(together, own, deadline);
		}
		return await(joined, deadline);
	}

	private void lead(Together together, SettlementBatch batch, SettleDeadline deadline) {
		try {
			TimeUnit.NANOSECONDS.sleep(Math.min(this.window.toNanos(), deadline.leftForLease().toNanos()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		batch.dispatched().complete(this.dispatcher.dispatch(() -> {
			this.open.remove(together, batch);
			return batch.close();
		}, together.method(), deadline));
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

	/**
	 * The settlements that may leave together.
	 *
	 * @param method how they are transferred
	 * @param parties between whom
	 */
	private record Together(TransferMethod method, Parties parties) {
	}

}
