package io.github.x402sessions.facilitator.session.registration;

import java.util.Collection;
import java.util.Optional;

import io.github.x402sessions.facilitator.key.SpenderRoster;
import io.github.x402sessions.facilitator.session.SessionRules;

/**
 * The spenders that approves may name: this node's, and those of other nodes, for which
 * somebody else has to be asked. Thread-safe.
 *
 * @param rules know this node's
 * @param roster knows those of others
 */
record ServedSpenders(SessionRules rules, SpenderRoster roster) {

	/**
	 * Let nobody be refused for good whom another node serves.
	 * @return the spender, which is this node's or nobody's
	 * @throws RegistrationException if it is another node's
	 */
	String here(String spender) {
		if (isElsewhere(spender)) {
			throw RegistrationException.notNow("another node of this facilitator serves that spender; try again");
		}
		return spender;
	}

	/** Require one that is this node's. */
	String require(String spender) {
		ClaimCheck.require(this.rules.knows(here(spender)), "'spender' is none of this facilitator's");
		return spender;
	}

	/**
	 * Choose the one of several that is to be seen to first: one of this node's, the
	 * current one before all, or else one of another node's; empty if all are nobody's.
	 */
	Optional<String> first(Collection<String> spenders) {
		return this.rules.spenders()
			.addresses()
			.stream()
			.filter(spenders::contains)
			.findFirst()
			.or(() -> spenders.stream().filter(this::isElsewhere).findFirst());
	}

	private boolean isElsewhere(String spender) {
		return !this.rules.knows(spender) && this.roster.isHeldElsewhere(spender);
	}

}
