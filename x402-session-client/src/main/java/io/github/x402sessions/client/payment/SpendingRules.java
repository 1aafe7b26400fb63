package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;

/**
 * What a session may be used for. A session id is a bearer token: whoever asks for
 * anything else does not get to see it.
 *
 * @param network the session's network as a CAIP-2 id
 * @param asset the session's asset, a contract id
 * @param recipient the only address that it pays
 * @param spender the account that settles it; a challenge that names another is meant for
 * another facilitator
 * @param maxPerCall the most that one call may cost, base units
 * @param origins where it may be sent to
 */
public record SpendingRules(String network, String asset, String recipient, String spender, BigInteger maxPerCall,
		Set<Origin> origins) {

	/** The scheme that this module pays by. */
	public static final String SCHEME = "session";

	/**
	 * Keep a copy of the origins.
	 */
	public SpendingRules {
		origins = Set.copyOf(origins);
	}

	/**
	 * Choose the first of the ways to pay that is within the rules.
	 * @param url the URL that was requested, not the one in the challenge
	 * @param challenge what the server asks
	 * @return the way to pay, or empty if nothing is to be paid
	 */
	Optional<PaymentRequirements> choose(URI url, PaymentRequired challenge) {
		if (!this.origins.contains(Origin.of(url))) {
			return Optional.empty();
		}
		return challenge.accepts().stream().filter(this::allow).findFirst();
	}

	private boolean allow(PaymentRequirements asked) {
		return SCHEME.equals(asked.scheme()) && this.network.equals(asked.network()) && this.asset.equals(asked.asset())
				&& this.recipient.equals(asked.payTo())
				&& this.spender.equals(asked.extra().getOrDefault("spender", this.spender)) && isWithinLimit(asked);
	}

	private boolean isWithinLimit(PaymentRequirements asked) {
		try {
			BigInteger amount = asked.baseUnits();
			return amount.signum() > 0 && amount.compareTo(this.maxPerCall) <= 0;
		}
		catch (MalformedMessageException ex) {
			return false;
		}
	}

}
