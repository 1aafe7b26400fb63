package io.github.x402sessions.client;

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

	/** What the allowance has to leave it: nothing, once it can pay no more. */
	AllowanceNeed need() {
		try {
			SessionState now = this.state.get();
			return now.isActive() ? new AllowanceNeed(now.cap().subtract(now.spent()), now.expirationLedger())
					: AllowanceNeed.NOTHING;
		}
		catch (SessionNotFoundException ex) {
			return AllowanceNeed.NOTHING;
		}
	}

}
