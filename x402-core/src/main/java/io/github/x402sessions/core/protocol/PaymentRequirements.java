package io.github.x402sessions.core.protocol;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * One way to pay for a resource.
 *
 * @param scheme the payment scheme, such as {@code session}
 * @param network the network as a CAIP-2 id, such as {@code stellar:testnet}
 * @param amount the price in base units of the asset, as a decimal string
 * @param asset the asset's contract id
 * @param payTo the address that receives the payment
 * @param maxTimeoutSeconds how long the server waits for the payment to settle, seconds,
 * at least 1
 * @param extra what the scheme needs besides; empty when absent
 * @param others members that this version does not know, passed on as they came
 */
public record PaymentRequirements(String scheme, String network, String amount, String asset, String payTo,
		int maxTimeoutSeconds, Map<String, @Nullable Object> extra,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> others) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if a required field is missing or
	 * {@code maxTimeoutSeconds} is not positive
	 */
	public PaymentRequirements {
		Required.text(scheme, "scheme");
		Required.text(network, "network");
		Required.text(amount, "amount");
		Required.text(asset, "asset");
		Required.text(payTo, "payTo");
		if (maxTimeoutSeconds < 1) {
			throw new MalformedMessageException("'maxTimeoutSeconds' must be at least 1");
		}
		extra = Required.map(extra);
		others = Required.map(others);
	}

	/**
	 * Ask for a payment.
	 * @param scheme the payment scheme
	 * @param network the network as a CAIP-2 id
	 * @param amount the price in base units of the asset, as a decimal string
	 * @param asset the asset's contract id
	 * @param payTo the address that receives the payment
	 * @param maxTimeoutSeconds how long the server waits for the payment to settle,
	 * seconds, at least 1
	 * @param extra what the scheme needs besides
	 */
	public PaymentRequirements(String scheme, String network, String amount, String asset, String payTo,
			int maxTimeoutSeconds, Map<String, @Nullable Object> extra) {
		this(scheme, network, amount, asset, payTo, maxTimeoutSeconds, extra, Map.of());
	}

	/**
	 * Return the amount as a number.
	 * @return the amount in base units, not negative
	 * @throws MalformedMessageException if {@code amount} is not a string of 1 to 39
	 * digits
	 */
	public BigInteger baseUnits() {
		return BaseUnits.require(this.amount, "amount");
	}

	/**
	 * Tell whether the amount is one, and within a limit.
	 * @param most the limit, base units
	 * @return whether it is a number from 1 to the limit
	 */
	public boolean isPayableWithin(BigInteger most) {
		return BaseUnits.read(this.amount)
			.filter((units) -> units.signum() > 0 && units.compareTo(most) <= 0)
			.isPresent();
	}

	/**
	 * Change the amount.
	 * @param baseUnits the amount in base units, not negative
	 * @return changed requirements
	 */
	public PaymentRequirements withAmount(BigInteger baseUnits) {
		return new PaymentRequirements(this.scheme, this.network, baseUnits.toString(), this.asset, this.payTo,
				this.maxTimeoutSeconds, this.extra, this.others);
	}

	/**
	 * Say one thing more, or otherwise, of what the scheme needs.
	 * @param member the member of {@code extra}
	 * @param value its value
	 * @return changed requirements
	 */
	public PaymentRequirements withExtra(String member, Object value) {
		Map<String, @Nullable Object> changed = new LinkedHashMap<>(this.extra);
		changed.put(member, value);
		return new PaymentRequirements(this.scheme, this.network, this.amount, this.asset, this.payTo,
				this.maxTimeoutSeconds, changed, this.others);
	}

	/**
	 * Leaves out what is extra, which may hold a text that only its facilitator may see.
	 */
	@Override
	public String toString() {
		return "PaymentRequirements[scheme=" + this.scheme + ", network=" + this.network + ", amount=" + this.amount
				+ ", asset=" + this.asset + ", payTo=" + this.payTo + ", maxTimeoutSeconds=" + this.maxTimeoutSeconds
				+ "]";
	}

}
