package io.github.x402sessions.client.payment.session;

import java.math.BigInteger;
import java.net.URI;
import java.util.Set;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.SessionScheme;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a session's use. A session id is a bearer token: whoever asks for
 * anything else does not get to see it.
 *
 * @param network the session's network as a CAIP-2 id
 * @param asset the session's asset
 * @param recipient the only address that it pays
 * @param spender the account that settles it; a challenge that names others only is meant
 * for another facilitator
 * @param maxPerCall the most that one call may cost, base units
 * @param origins where it may be sent to
 */
public record SpendingRules(String network, Asset asset, String recipient, String spender, BigInteger maxPerCall,
		Set<Origin> origins) {

	/**
	 * Keep a copy of the origins.
	 */
	public SpendingRules {
		origins = Set.copyOf(origins);
	}

	/**
	 * Judge a challenge: the first of its ways to pay that is within the rules is the one
	 * to take; if none is, the one that came closest tells why.
	 * @param url the URL that was requested, not the one in the challenge
	 * @param challenge what the server asks
	 */
	SpendingVerdict judge(URI url, PaymentRequired challenge) {
		if (!allow(url)) {
			return new SpendingVerdict.Denied(DeclineReason.ORIGIN, challenge.accepts().get(0));
		}
		SpendingVerdict.Denied closest = new SpendingVerdict.Denied(DeclineReason.SCHEME, null);
		for (PaymentRequirements asked : challenge.accepts()) {
			DeclineReason reason = objection(asked);
			if (reason == null) {
				return new SpendingVerdict.Allowed(asked);
			}
			if (closest.asked() == null || reason.compareTo(closest.reason()) > 0) {
				closest = new SpendingVerdict.Denied(reason, asked);
			}
		}
		return closest;
	}

	/** Whether the session may be sent to a URL at all. */
	boolean allow(URI url) {
		return this.origins.contains(Origin.of(url));
	}

	/** The first thing that is wrong, in the order of {@link DeclineReason}. */
	private @Nullable DeclineReason objection(PaymentRequirements asked) {
		if (!SessionScheme.NAME.equals(asked.scheme())) {
			return DeclineReason.SCHEME;
		}
		if (!this.network.equals(asked.network())) {
			return DeclineReason.NETWORK;
		}
		if (!this.asset.id().equals(asked.asset())) {
			return DeclineReason.ASSET;
		}
		if (!this.recipient.equals(asked.payTo())) {
			return DeclineReason.RECIPIENT;
		}
		if (!this.spender.equals(asked.extra().getOrDefault("spender", this.spender))
				&& !SessionScheme.otherSpenders(asked.extra()).contains(this.spender)) {
			return DeclineReason.FACILITATOR;
		}
		return asked.isPayableWithin(this.maxPerCall) ? null : DeclineReason.PRICE;
	}

	@Override
	public String toString() {
		return "SpendingRules[network=" + this.network + ", asset=" + this.asset.id() + ", recipient=" + this.recipient
				+ ", spender=" + this.spender + ", maxPerCall=" + this.asset.describe(this.maxPerCall) + ", origins="
				+ this.origins + "]";
	}

}
