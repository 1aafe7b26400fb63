package io.github.x402sessions.facilitator.session;

import java.util.Set;

import io.github.x402sessions.facilitator.access.ServerDirectory;
import io.github.x402sessions.facilitator.key.Spenders;
import org.jspecify.annotations.Nullable;

/**
 * Rules of the operator for registrations.
 *
 * @param network the network that is served, as a CAIP-2 id
 * @param spenders whom payers allow
 * @param assets the contracts of the assets that may be paid in
 * @param recipients who may be named as recipient without the payer's signature
 * @param served who may be named as recipient at all; anybody where absent
 * @param expiryMargin how many ledgers before its last one a session ends, so that a
 * payment that was accepted still lands in time
 * @param requireKey whether only sessions with a key are registered
 * @param directory who is served besides, and who is not for now
 */
public record SessionRules(String network, Spenders spenders, Set<String> assets, Set<String> recipients,
		@Nullable Set<String> served, long expiryMargin, boolean requireKey, ServerDirectory directory) {

	/** Copy the sets. */
	public SessionRules {
		assets = Set.copyOf(assets);
		recipients = Set.copyOf(recipients);
		served = (served != null) ? Set.copyOf(served) : null;
	}

	/**
	 * Create the rules where nobody is served but those who are named here.
	 * @param network the network that is served, as a CAIP-2 id
	 * @param spenders whom payers allow
	 * @param assets the contracts of the assets that may be paid in
	 * @param recipients who may be named as recipient without the payer's signature
	 * @param served who may be named as recipient at all; anybody where absent
	 * @param expiryMargin how many ledgers before its last one a session ends
	 * @param requireKey whether only sessions with a key are registered
	 */
	public SessionRules(String network, Spenders spenders, Set<String> assets, Set<String> recipients,
			@Nullable Set<String> served, long expiryMargin, boolean requireKey) {
		this(network, spenders, assets, recipients, served, expiryMargin, requireKey, ServerDirectory.NONE);
	}

	/** Return the spender that payers are told. */
	public String spender() {
		return this.spenders.address();
	}

	/** Tell whether what a spender was allowed can be spent here. */
	public boolean knows(String spender) {
		return this.spenders.contains(spender);
	}

	public boolean serves(String recipient) {
		return (this.served == null || this.served.contains(recipient) || this.directory.has(recipient))
				&& !this.directory.isPaused(recipient);
	}

	/**
	 * Tell whether a session has ended.
	 * @param expirationLedger its last ledger
	 * @param latestLedger the latest closed ledger
	 * @return whether a payment that starts now could land too late
	 */
	public boolean hasExpired(long expirationLedger, long latestLedger) {
		return latestLedger + this.expiryMargin > expirationLedger;
	}

}
