package io.github.x402sessions.client;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.payment.offer.OfferCheck;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import org.jspecify.annotations.Nullable;

/**
 * Collects how calls are paid: the part of a {@link SessionClientBuilder} that has
 * nothing to do with opening sessions.
 */
final class PaymentSettings {

	private @Nullable String maxPerCall;

	private @Nullable String maxPerPeriod;

	private Duration period = Duration.ZERO;

	private PaymentEventListener listener = (event) -> {
	};

	private boolean prepaying;

	private boolean signedOffersRequired;

	private boolean followingRedirects;

	private Duration connectTimeout = Duration.ofSeconds(5);

	private final List<Payer> others = new ArrayList<>();

	private Clock clock = Clock.systemUTC();

	private @Nullable PaymentOptions shared;

	void maxPerCall(String amount) {
		this.maxPerCall = Objects.requireNonNull(amount, "maxPerCall");
	}

	void maxPerPeriod(String amount, Duration period) {
		this.maxPerPeriod = Objects.requireNonNull(amount, "maxPerPeriod");
		this.period = Amounts.duration(period, "period");
	}

	void listener(PaymentEventListener listener) {
		this.listener = Objects.requireNonNull(listener, "listener");
	}

	void payer(Payer other) {
		this.others.add(Objects.requireNonNull(other, "other"));
	}

	void requireSignedOffers() {
		this.signedOffersRequired = true;
	}

	void prepaying() {
		this.prepaying = true;
	}

	void followingRedirects() {
		this.followingRedirects = true;
	}

	void connectTimeout(Duration timeout) {
		this.connectTimeout = Amounts.duration(timeout, "connectTimeout");
	}

	void clock(Clock clock) {
		this.clock = clock;
	}

	/** The most one call may cost; by default all that a session may spend. */
	BigInteger maxPerCall(Asset asset, BigInteger cap) {
		return (this.maxPerCall != null) ? Amounts.units(asset, this.maxPerCall, "maxPerCall") : cap;
	}

	void share(PaymentOptions options) {
		this.shared = options;
	}

	PaymentOptions options(Network network, Asset asset) {
		if (this.shared != null) {
			return this.shared;
		}
		Budget budget = (this.maxPerPeriod != null) ? Budget.of(network.id(), asset.id(),
				Amounts.units(asset, this.maxPerPeriod, "maxPerPeriod"), this.period, this.clock) : Budget.unlimited();
		return new PaymentOptions(budget, this.listener, this.prepaying, this.followingRedirects, this.connectTimeout,
				this.clock, this.others, network.id(), asset, new OfferCheck(this.clock, this.signedOffersRequired));
	}

}
