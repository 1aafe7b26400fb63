package io.github.x402sessions.client;

import java.math.BigInteger;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.client.approval.AllowanceNeed;

/**
 * A session as far as others have to know it that share its allowance. Nobody but its
 * session keeps it.
 */
final class AllowanceHolder {

	private final Supplier<SessionState> state;

	AllowanceHolder(Supplier<SessionState> state) {
		this.state = state;
	}

	/**
	 * What the allowance has to leave it: no more than may still be taken for it, once it
	 * can pay no more.
	 * @throws io.github.x402sessions.core.facilitator.FacilitatorException if the
	 * facilitator does not say
	 */
	AllowanceNeed need() {
		return need((now) -> now.isActive() ? now.cap().subtract(now.spent()) : now.allowanceNeeded());
	}

	/**
	 * What the allowance has to leave it once its owner closes it, whether or not the
	 * facilitator has heard of that.
	 * @throws io.github.x402sessions.core.facilitator.FacilitatorException if the
	 * facilitator does not say
	 */
	AllowanceNeed needOnceClosed() {
		return need((now) -> now.isActive() ? now.cap().subtract(now.spent()).subtract(now.remaining())
				: now.allowanceNeeded());
	}

	private AllowanceNeed need(Function<SessionState, BigInteger> part) {
		try {
			SessionState now = this.state.get();
			BigInteger amount = part.apply(now);
			return (amount.signum() > 0) ? new AllowanceNeed(amount, now.expirationLedger()) : AllowanceNeed.NOTHING;
		}
		catch (SessionNotFoundException ex) {
			return AllowanceNeed.NOTHING;
		}
	}

}
