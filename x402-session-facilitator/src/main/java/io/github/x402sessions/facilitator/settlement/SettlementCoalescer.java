package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.stellar.transfer.Transfer;

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
	 * Create the gathering.
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
	DispatchResult depart(Settlement settlement, boolean alone, SettleDeadline deadline) {
		SettlementBatch own = new SettlementBatch();
		own.join(settlement);
		if (alone || this.window.isZero()) {
			return this.dispatcher.depart(own::close, deadline);
		}
		Parties parties = Parties.of(settlement.transfer());
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
		batch.departure().complete(this.dispatcher.depart(() -> {
			this.open.remove(parties, batch);
			return batch.close();
		}, deadline));
	}

	private static DispatchResult await(SettlementBatch batch, SettleDeadline deadline) {
		try {
			return batch.departure().get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new DispatchResult.Unknown();
		}
		catch (ExecutionException | TimeoutException ex) {
			return new DispatchResult.Unknown();
		}
	}

	private record Parties(String asset, String from, String to) {

		static Parties of(Transfer transfer) {
			return new Parties(transfer.asset(), transfer.from(), transfer.to());
		}

	}

}
