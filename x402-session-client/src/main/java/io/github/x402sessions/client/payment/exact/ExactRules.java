package io.github.x402sessions.client.payment.exact;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.stellar.exact.TransferAuthorisations;
import org.jspecify.annotations.Nullable;

/**
 * The limits of what is signed call by call. They are asked before anything is signed.
 *
 * @param network the network as a CAIP-2 id
 * @param asset what is paid with
 * @param maxPerCall the most that one call may cost, base units
 * @param recipients who may be paid; empty for whoever is named by an allowed origin
 * @param origins which servers may be paid
 * @param maxTimeout the longest that a payment may be good for, 1 second to 1 day
 */
public record ExactRules(String network, Asset asset, BigInteger maxPerCall, Set<String> recipients,
		Set<Origin> origins, Duration maxTimeout) {

	/** The name of the scheme. */
	static final String SCHEME = "exact";

	private static final Duration LONGEST = Duration.ofDays(1);

	/**
	 * Keep a copy of the sets, and check the limits.
	 * @throws IllegalArgumentException if one is out of range
	 */
	public ExactRules {
		recipients = Set.copyOf(recipients);
		origins = Set.copyOf(origins);
		if (maxPerCall.signum() <= 0) {
			throw new IllegalArgumentException("maxPerCall must be positive");
		}
		if (maxTimeout.toSeconds() < 1 || maxTimeout.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("maxTimeout must be 1 second to 1 day");
		}
	}

	/** Whether a server may be paid at all. */
	boolean allow(URI url) {
		return this.origins.contains(Origin.of(url));
	}

	/** What is wrong with a way to pay; {@code null} if nothing is. */
	PayerDecision.@Nullable Declines objection(PaymentRequirements asked, String payer) {
		if (!SCHEME.equals(asked.scheme())) {
			return because(DeclineReason.SCHEME, asked, "'scheme' is not exact");
		}
		if (!this.network.equals(asked.network())) {
			return because(DeclineReason.SCHEME, asked, "'network' is not " + this.network);
		}
		if (!this.asset.id().equals(asked.asset())) {
			return because(DeclineReason.SCHEME, asked, "'asset' is not " + this.asset.id());
		}
		if (!Boolean.TRUE.equals(asked.extra().get("areFeesSponsored"))) {
			return because(DeclineReason.FEES, asked, "'extra.areFeesSponsored' is not true");
		}
		if (asked.maxTimeoutSeconds() > this.maxTimeout.toSeconds()) {
			return because(DeclineReason.TIMEOUT, asked,
					"'maxTimeoutSeconds' is more than " + this.maxTimeout.toSeconds());
		}
		if (!TransferAuthorisations.isRecipient(asked.payTo())) {
			return because(DeclineReason.RECIPIENT, asked, "'payTo' is no Stellar address");
		}
		if (asked.payTo().equals(payer) || !(this.recipients.isEmpty() || this.recipients.contains(asked.payTo()))) {
			return because(DeclineReason.RECIPIENT, asked, "'payTo' is nobody that may be paid");
		}
		return asked.isPayableWithin(this.maxPerCall) ? null
				: because(DeclineReason.PRICE, asked, "'amount' is not a whole number from 1 to " + this.maxPerCall);
	}

	private static PayerDecision.Declines because(DeclineReason reason, PaymentRequirements asked, String why) {
		return new PayerDecision.Declines(reason, asked, why);
	}

}
