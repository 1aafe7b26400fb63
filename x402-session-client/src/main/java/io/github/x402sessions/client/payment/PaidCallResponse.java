package io.github.x402sessions.client.payment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.x402sessions.client.payment.message.PaymentChallenge;
import io.github.x402sessions.client.payment.message.PaymentForm;
import io.github.x402sessions.core.http.SingleValue;

/**
 * The answer to a request that carried a payment, as far as it tells of the money. What
 * does not prove that nothing moved is unknown, because a gateway that lost patience says
 * nothing of what happened behind it.
 *
 * @param form the text that these are
 * @param status the HTTP status
 * @param receipts the receipts, as in a {@code PAYMENT-RESPONSE} header
 * @param challenges the challenges, as in a {@code PAYMENT-REQUIRED} header
 */
record PaidCallResponse(PaymentForm form, int status, List<String> receipts, List<String> challenges) {

	/** Statuses below 500 of somebody who did not wait for the server. */
	private static final Set<Integer> IMPATIENT = Set.of(408, 429);

	/** What servers write when they say why, and not what happened to them. */
	private static final Pattern CODE = Pattern.compile("[a-z0-9_]+");

	/** Reasons after which the money may have moved all the same. */
	private static final Set<String> UNDECIDED = Set.of("settlement_unknown", "settlement_pending", "rpc_error",
			"unexpected_settle_error", "duplicate_settlement");

	/** The receipt, unless there is none that can be read. */
	Optional<PaymentReceipt> receipt() {
		return SingleValue.of(this.receipts).flatMap((receipt) -> PaymentReceipt.read(this.form, receipt));
	}

	/** Why it is not known whether the money moved, or empty if that is known. */
	Optional<String> doubt() {
		PaymentReceipt receipt = receipt().orElse(null);
		if (receipt == null && !this.receipts.isEmpty()) {
			return Optional.of("the receipt cannot be read");
		}
		if (receipt != null && receipt.success()) {
			return Optional.empty();
		}
		if (receipt != null && receipt.transaction() != null) {
			return Optional.of("the server names a transaction and no success");
		}
		if (UNDECIDED.contains(reason())) {
			return Optional.of("the server does not know either");
		}
		if (receipt != null) {
			return CODE.matcher(reason()).matches() ? Optional.empty()
					: Optional.of("the receipt gives no code as its reason");
		}
		return isDecided() ? Optional.empty() : Optional.of("the answer has no receipt");
	}

	private boolean isDecided() {
		return this.status >= 400 && this.status < 500 && !IMPATIENT.contains(this.status);
	}

	/** The server's reason for a refusal, from wherever it says so. */
	public String reason() {
		return receipt().map(PaymentReceipt::errorReason)
			.filter((reason) -> !reason.isBlank())
			.or(() -> PaymentChallenge.reason(this.form, this.challenges))
			.orElse("no reason given");
	}

}
