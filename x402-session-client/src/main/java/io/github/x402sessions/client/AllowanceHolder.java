package io.github.x402sessions.client;

import java.math.BigInteger;
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
	 * What the allowance has to leave it: no more than it is committed to, once it can
	 * pay no more.
	 */
	AllowanceNeed need() {
		try {
			SessionState now = this.state.get();
			BigInteger owed = now.isActive() ? now.cap().subtract(now.spent()) : now.committed();
			return (owed.signum() > 0) ? new AllowanceNeed(owed, now.expirationLedger()) : AllowanceNeed.NOTHING;
		}
		catch (SessionNotFoundException ex) {
			return AllowanceNeed.NOTHING;
		}
	}

}
