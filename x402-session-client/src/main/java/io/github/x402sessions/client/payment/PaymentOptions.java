package io.github.x402sessions.client.payment;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.offer.OfferCheck;
import io.github.x402sessions.core.price.Asset;

/**
 * Settings of a payer that hold for every session.
 *
 * @param budget the most it pays per period
 * @param listener hears of payments
 * @param prepaying whether a price that was paid once is paid at once the next time
 * @param followingRedirects whether redirects within an origin are followed
 * @param connectTimeout how long connecting may take
 * @param clock tells the time
 * @param others asked in turn where no session can pay, such as payers by other schemes
 * @param network the network that is paid on, as a CAIP-2 id
 * @param asset what budgets are in
 * @param offers checks what servers have signed
 */
public record PaymentOptions(Budget budget, PaymentEventListener listener, boolean prepaying,
		boolean followingRedirects, Duration connectTimeout, Clock clock, List<Payer> others, String network,
		Asset asset, OfferCheck offers) {

	/**
	 * Set options of a payer that pays servers which sign nothing, too.
	 * @param budget the most it pays per period
	 * @param listener hears of payments
	 * @param prepaying whether a price that was paid once is paid at once the next time
	 * @param followingRedirects whether redirects within an origin are followed
	 * @param connectTimeout how long connecting may take
	 * @param clock tells the time
	 * @param others asked in turn where no session can pay
	 * @param network the network that is paid on, as a CAIP-2 id
	 * @param asset what budgets are in
	 */
	public PaymentOptions(Budget budget, PaymentEventListener listener, boolean prepaying, boolean followingRedirects,
			Duration connectTimeout, Clock clock, List<Payer> others, String network, Asset asset) {
		this(budget, listener, prepaying, followingRedirects, connectTimeout, clock, others, network, asset,
				new OfferCheck(clock, false));
	}

	/**
	 * Keep a copy of the payers.
	 */
	public PaymentOptions {
		others = List.copyOf(others);
	}

	/**
	 * Change who hears of payments.
	 * @param other the listener
	 * @return changed options
	 */
	public PaymentOptions withListener(PaymentEventListener other) {
		return new PaymentOptions(this.budget, other, this.prepaying, this.followingRedirects, this.connectTimeout,
				this.clock, this.others, this.network, this.asset, this.offers);
	}

	/**
	 * Change who is asked where no session can pay.
	 * @param payers the payers
	 * @return changed options
	 */
	public PaymentOptions withOthers(List<Payer> payers) {
		return new PaymentOptions(this.budget, this.listener, this.prepaying, this.followingRedirects,
				this.connectTimeout, this.clock, payers, this.network, this.asset, this.offers);
	}

	/** The payer and, after it, the others. */
	Payer payers(Payer first) {
		return this.others.isEmpty() ? first
				: new CompositePayer(Stream.concat(Stream.of(first), this.others.stream()).toList());
	}

}
