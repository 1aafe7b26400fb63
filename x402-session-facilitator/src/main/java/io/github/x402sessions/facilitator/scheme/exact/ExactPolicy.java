package io.github.x402sessions.facilitator.scheme.exact;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.KindLimits;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.facilitator.scheme.Reason;

/**
 * The operator's limits to payments, whatever was signed for them. Thread-safe.
 *
 * @param network the network that is served, as a CAIP-2 id
 * @param assets the assets that may be paid in
 * @param recipients knows who may be paid
 * @param minimum the least that one payment may be, base units
 * @param maximum the most that one payment may be, base units
 * @param ours knows the accounts of the facilitator
 */
record ExactPolicy(String network, Set<String> assets, Predicate<String> recipients, BigInteger minimum,
		BigInteger maximum, Predicate<String> ours) {

	static final String SCHEME = "exact";

	private static final int VERSION = 2;

	private static final String SPONSORED = "areFeesSponsored";

	/** The books keep no more. */
	private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

	/** Return the kind of payments that it lets through. */
	SupportedKind kind() {
		return new SupportedKind(VERSION, SCHEME, this.network, Map.of(SPONSORED, true, KindLimits.MEMBER,
				new KindLimits(this.minimum, this.maximum, this.assets.stream().sorted().toList()).toMember()));
	}

	/**
	 * Return what the payer sends for what is asked.
	 * @param request what was asked, of which nothing is trusted
	 * @return the transaction, as it was sent
	 * @throws PaymentRefusedException if that is not to be paid here
	 */
	String transaction(FacilitatorRequest request) {
		requireProtocol(request);
		requireTerms(request.paymentRequirements());
		if (request.paymentPayload().payload().get("transaction") instanceof String transaction) {
			return transaction;
		}
		throw new PaymentRefusedException("invalid_exact_stellar_payload_malformed",
				"'transaction' must be the base64 of a transaction");
	}

	private void requireProtocol(FacilitatorRequest request) {
		PaymentRequirements asked = request.paymentRequirements();
		PaymentRequirements accepted = request.paymentPayload().accepted();
		require(SCHEME.equals(accepted.scheme()) && SCHEME.equals(asked.scheme()), Reason.UNSUPPORTED_SCHEME,
				"the scheme must be 'exact'");
		require(accepted.network().equals(asked.network()), Reason.NETWORK_MISMATCH,
				"the payment is for another network");
		require(this.network.equals(asked.network()), Reason.INVALID_NETWORK,
				"the network must be '" + this.network + "'");
	}

	private void requireTerms(PaymentRequirements asked) {
		require(!Boolean.FALSE.equals(asked.extra().get(SPONSORED)), Reason.INVALID_PAYMENT_REQUIREMENTS,
				"fees are sponsored here");
		require(asked.maxTimeoutSeconds() > 0, Reason.INVALID_PAYMENT_REQUIREMENTS,
				"'maxTimeoutSeconds' must be positive");
		require(this.assets.contains(asked.asset()), Reason.ASSET_MISMATCH, "the asset is not served here");
		require(!this.ours.test(asked.payTo()), Reason.RECIPIENT_MISMATCH, "the facilitator pays itself nothing");
		require(this.recipients.test(asked.payTo()), Reason.RECIPIENT_MISMATCH, "the recipient is not served here");
		BigInteger amount = BaseUnits.read(asked.amount()).orElse(BigInteger.ZERO);
		require(amount.signum() > 0 && amount.compareTo(LARGEST) <= 0, Reason.INVALID_AMOUNT,
				"'amount' must be a positive number of base units");
		require(amount.compareTo(this.minimum) >= 0, Reason.INVALID_AMOUNT,
				"a call costs at least " + this.minimum + " base units here");
		require(amount.compareTo(this.maximum) <= 0, Reason.PER_CALL_LIMIT_EXCEEDED,
				"a call may cost at most " + this.maximum + " base units");
	}

	private static void require(boolean condition, Reason reason, String message) {
		if (!condition) {
			throw new PaymentRefusedException(reason.wireName(), message);
		}
	}

}
