package io.github.x402sessions.core.protocol;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A settlement in the books that a facilitator shows to the recipient, each time that it
 * has changed.
 *
 * @param id the settlement's id; of a deferred one that of its commitment
 * @param status its state on the wire, such as {@code confirmed}
 * @param amount the amount in base units, as a decimal string
 * @param asset the asset's contract id
 * @param network the network as a CAIP-2 id
 * @param transaction the transaction that carries it; absent while none does
 * @param ledger the ledger that has the transaction; absent while none has
 * @param at when it was asked for; optional
 * @param payer the address that pays; optional
 * @param handle the handle of the session that pays, which opens nothing; optional
 * @param deferred whether the facilitator has committed itself before it settled
 */
public record SettlementNotice(String id, String status, String amount, String asset, String network,
		@Nullable String transaction, @Nullable Long ledger, @Nullable String at, @Nullable String payer,
		@Nullable String handle, boolean deferred) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if one is missing or {@code amount} is not a
	 * string of 1 to 39 digits
	 */
	public SettlementNotice {
		Required.text(id, "settlements.id");
		Required.text(status, "settlements.status");
		Required.text(amount, "settlements.amount");
		Required.text(asset, "settlements.asset");
		Required.text(network, "settlements.network");
		BaseUnits.require(amount, "settlements.amount");
	}

	/**
	 * Return the state of a deferred settlement.
	 * @return the state, or empty if it was never deferred, or is in a state that is not
	 * known here
	 */
	public Optional<DeferralStatus> deferral() {
		return this.deferred ? DeferralStatus.of(this.status) : Optional.empty();
	}

	/**
	 * Return the amount as a number.
	 * @return base units
	 */
	public BigInteger baseUnits() {
		return new BigInteger(this.amount);
	}

	/**
	 * Return when the settlement was asked for.
	 * @return the time, or empty if the facilitator does not say
	 */
	public Optional<Instant> since() {
		try {
			return Optional.ofNullable(this.at).map(Instant::parse);
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

}
