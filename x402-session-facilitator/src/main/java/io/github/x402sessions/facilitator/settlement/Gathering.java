package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.facilitator.chain.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * Lets settlements between the same parties that come at about the same time leave
 * together. The first one waits for others and then for a channel; whoever comes until it
 * has one goes along. Thread-safe.
 */
public final class Gathering {

	private final Departures departures;

	private final Duration window;

	private final Map<Parties, Batch> open = new ConcurrentHashMap<>();

	/**
	 * Create the gathering.
	 * @param departures sends off
	 * @param window how long the first one waits for others; zero lets everyone go alone
	 */
	public Gathering(Departures departures, Duration window) {
		this.departures = departures;
		this.window = window;
	}

	/**
	 * Send a settlement off, alone or with others.
	 * @return what came of it, or {@code null} if that is not known in time
	 */
	@Nullable Departure depart(Settlement settlement, boolean alone, Patience patience) {
		Batch own = new Batch();
		own.join(settlement);
		if (alone || this.window.isZero()) {
			return this.departures.depart(own::close, patience);
		}
		Parties parties = Parties.of(settlement.transfer());
		Batch joined = this.open.compute(parties,
				(key, waiting) -> (waiting != null && waiting.join(settlement)) ? waiting : own);
		if (joined == own) {
			lead(parties, own, patience);
		}
		return await(joined, patience);
	}

	private void lead(Parties parties, Batch batch, Patience patience) {
		try {
			TimeUnit.NANOSECONDS.sleep(Math.min(this.window.toNanos(), patience.leftForLease().toNanos()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		batch.departure().complete(this.departures.depart(() -> {
			this.open.remove(parties, batch);
			return batch.close();
		}, patience));
	}

	private static @Nullable Departure await(Batch batch, Patience patience) {
		try {
			return batch.departure().get(patience.left().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		catch (ExecutionException | TimeoutException ex) {
			return null;
		}
	}

	private record Parties(String asset, String from, String to) {

		static Parties of(Transfer transfer) {
			return new Parties(transfer.asset(), transfer.from(), transfer.to());
		}

	}

}
