package io.github.x402sessions.core.gate;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.SettlementPlaces;

/**
 * A settlement that has a place among those of its facilitator, or was refused one. It
 * has to be made, once, by any thread: that is what gives the place back.
 */
public final class BegunSettlement {

	private final boolean placed;

	private final Supplier<SettlementOutcome> settlement;

	private final AtomicBoolean made = new AtomicBoolean();

	private BegunSettlement(boolean placed, Supplier<SettlementOutcome> settlement) {
		this.placed = placed;
		this.settlement = settlement;
	}

	/**
	 * Begin a settlement.
	 * @param places where it takes its place
	 * @param settlement makes it
	 * @param refusal says how it ends without a place
	 */
	static BegunSettlement in(SettlementPlaces places, Supplier<SettlementOutcome> settlement,
			Supplier<SettlementOutcome> refusal) {
		if (!places.take()) {
			return unplaced(refusal);
		}
		return new BegunSettlement(true, () -> {
			try {
				return settlement.get();
			}
			finally {
				places.leave();
			}
		});
	}

	/**
	 * Begin nothing.
	 * @param refusal says how it ends
	 */
	static BegunSettlement unplaced(Supplier<SettlementOutcome> refusal) {
		return new BegunSettlement(false, refusal);
	}

	/**
	 * Return whether anything will be sent to the facilitator.
	 * @return {@code false} if {@link #make()} has nothing to wait for
	 */
	public boolean isPlaced() {
		return this.placed;
	}

	/**
	 * Make the settlement, as far as it has a place.
	 * @return how it ended
	 * @throws IllegalStateException the second time
	 */
	public SettlementOutcome make() {
		if (!this.made.compareAndSet(false, true)) {
			throw new IllegalStateException("a settlement is made once");
		}
		return this.settlement.get();
	}

}
