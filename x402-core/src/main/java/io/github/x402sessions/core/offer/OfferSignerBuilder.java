package io.github.x402sessions.core.offer;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Sets an {@link OfferSigner} up.
 */
public final class OfferSignerBuilder {

	final DidWeb did;

	final OfferKey key;

	List<Ed25519PublicKey> otherKeys = List.of();

	Duration validity = Duration.ofMinutes(5);

	boolean withTransaction;

	Clock clock = Clock.systemUTC();

	SigningFailureListener failures = (what) -> {
	};

	OfferSignerBuilder(DidWeb did, OfferKey key) {
		this.did = did;
		this.key = key;
	}

	/**
	 * Publish other keys as well: those that signed before, as long as their receipts are
	 * to be checked, and the one that will sign next, before it does.
	 * @param keys the keys
	 * @return this builder
	 */
	public OfferSignerBuilder otherKeys(List<Ed25519PublicKey> keys) {
		this.otherKeys = List.copyOf(keys);
		return this;
	}

	/**
	 * Limit how long an offer is good for.
	 * @param validity the time, 10 seconds to 30 days; 5 minutes by default. Offers that
	 * are sent are good for at least half of it
	 * @return this builder
	 */
	public OfferSignerBuilder validity(Duration validity) {
		this.validity = Objects.requireNonNull(validity, "validity");
		return this;
	}

	/**
	 * Name the transaction in receipts. By default it is left out: whoever is shown a
	 * receipt cannot look up the payer's other payments by it.
	 * @param withTransaction whether receipts name it
	 * @return this builder
	 */
	public OfferSignerBuilder withTransaction(boolean withTransaction) {
		this.withTransaction = withTransaction;
		return this;
	}

	/**
	 * Take the time from a clock; by default it is the system's.
	 * @param clock the clock
	 * @return this builder
	 */
	public OfferSignerBuilder clock(Clock clock) {
		this.clock = Objects.requireNonNull(clock, "clock");
		return this;
	}

	/**
	 * Say who hears of what could not be signed.
	 * @param failures the listener
	 * @return this builder
	 */
	public OfferSignerBuilder failures(SigningFailureListener failures) {
		this.failures = Objects.requireNonNull(failures, "failures");
		return this;
	}

	/**
	 * Create the signer.
	 * @return a signer
	 * @throws IllegalArgumentException if the validity is out of range
	 */
	public OfferSigner build() {
		return new OfferSigner(this, (kid, payload) -> CompactJws.sign(kid, payload, this.key));
	}

}
