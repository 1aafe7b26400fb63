package io.github.x402sessions.samples.agent.offer;

import java.math.BigInteger;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import org.jspecify.annotations.Nullable;

/**
 * The most that a call may cost, whatever its server says.
 *
 * @param amount a decimal
 * @param asset what it is in; {@code null} for whatever is paid with
 */
public record PriceLimit(String amount, @Nullable Asset asset) {

	/** Make sure that an offer is within it. */
	void check(Offer offer) {
		if (this.asset != null && !this.asset.equals(offer.asset())) {
			throw new WrongOptionException("--asset", "what was found was looked for in another asset");
		}
		BigInteger most = units(offer.asset());
		if (offer.price().compareTo(most) > 0) {
			throw new CannotStartException("a call costs " + offer.describe(offer.price()) + ", and may cost "
					+ offer.describe(most) + ": nothing was paid (--max-price says how much it may)", null);
		}
	}

	private BigInteger units(Asset paid) {
		try {
			return paid.toBaseUnits(this.amount);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--max-price", String.valueOf(ex.getMessage()));
		}
	}

}
