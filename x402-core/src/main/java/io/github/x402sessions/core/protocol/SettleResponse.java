package io.github.x402sessions.core.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a settlement, from the facilitator and in the {@code PAYMENT-RESPONSE}
 * header.
 *
 * @param success whether the money moved, or is committed to
 * @param errorReason the reason when it did not, such as {@code cap_exceeded}
 * @param errorMessage the reason in a sentence; optional
 * @param payer the address that paid; optional
 * @param transaction the transaction's hash, or the id of a {@link #commitment()}; empty
 * when there is neither
 * @param network the network as a CAIP-2 id
 * @param amount what was settled, base units; optional
 * @param extensions extensions of the protocol by name; optional
 * @param others members that this version does not know, passed on as they came
 */
public record SettleResponse(boolean success, @Nullable String errorReason, @Nullable String errorMessage,
		@Nullable String payer, String transaction, String network, @Nullable String amount,
		@Nullable Map<String, @Nullable Object> extensions,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> others) {

	/**
	 * The {@link #errorReason()} of a facilitator that could not send the payment now and
	 * is certain that this call has sent nothing.
	 */
	public static final String NOT_SENT = "rpc_error";

	/** 16 random bytes in base64url. */
	private static final Pattern COMMITMENT = Pattern.compile("cmt_[A-Za-z0-9_-]{22}");

	/**
	 * Check the required fields; an absent {@code transaction} becomes the empty string.
	 * @throws MalformedMessageException if {@code network} is missing
	 */
	public SettleResponse {
		Required.text(network, "network");
		transaction = (transaction != null) ? transaction : "";
		others = Required.map(others);
	}

	/**
	 * Create an outcome.
	 * @param success whether the money moved
	 * @param errorReason the reason when it did not, or {@code null}
	 * @param errorMessage the reason in a sentence, or {@code null}
	 * @param payer the address that paid, or {@code null}
	 * @param transaction the transaction's hash; empty when there is none
	 * @param network the network as a CAIP-2 id
	 * @param amount what was settled, base units, or {@code null}
	 * @param extensions extensions of the protocol by name, or {@code null}
	 */
	public SettleResponse(boolean success, @Nullable String errorReason, @Nullable String errorMessage,
			@Nullable String payer, String transaction, String network, @Nullable String amount,
			@Nullable Map<String, @Nullable Object> extensions) {
		this(success, errorReason, errorMessage, payer, transaction, network, amount, extensions, Map.of());
	}

	/**
	 * Create the outcome of a settlement that did not succeed.
	 * @param reason the reason's name on the wire
	 * @param message the reason in a sentence, or {@code null}
	 * @param network the network as a CAIP-2 id
	 * @return the outcome
	 */
	public static SettleResponse failure(String reason, @Nullable String message, String network) {
		return new SettleResponse(false, reason, message, null, "", network, null, null);
	}

	/**
	 * Tell whether a text is the id of a commitment: of a payment that a facilitator has
	 * promised to settle, and that no transaction carries yet.
	 * @param text what stands for a transaction
	 * @return whether it has the form of one
	 */
	public static boolean isCommitment(@Nullable String text) {
		return text != null && COMMITMENT.matcher(text).matches();
	}

	/**
	 * Return the id of the commitment that this is the receipt of.
	 * @return the id, or empty if a transaction has moved the money, or nothing has
	 */
	public Optional<String> commitment() {
		return isCommitment(this.transaction) ? Optional.of(this.transaction) : Optional.empty();
	}

	/**
	 * Say who pays, or was to pay.
	 * @param payer the address, or {@code null} if it is not known
	 * @return a changed outcome
	 */
	public SettleResponse withPayer(@Nullable String payer) {
		return new SettleResponse(this.success, this.errorReason, this.errorMessage, payer, this.transaction,
				this.network, this.amount, this.extensions, this.others);
	}

	/**
	 * Add an extension of the protocol, or replace it.
	 * @param name the extension's name
	 * @param extension what is said of it
	 * @return a changed outcome
	 */
	public SettleResponse withExtension(String name, Map<String, @Nullable Object> extension) {
		Map<String, @Nullable Object> all = new LinkedHashMap<>();
		if (this.extensions != null) {
			all.putAll(this.extensions);
		}
		all.put(name, extension);
		return withExtensions(all);
	}

	/**
	 * Replace all extensions of the protocol.
	 * @param extensions the extensions by name, or {@code null} for none
	 * @return a changed outcome
	 */
	public SettleResponse withExtensions(@Nullable Map<String, @Nullable Object> extensions) {
		return new SettleResponse(this.success, this.errorReason, this.errorMessage, this.payer, this.transaction,
				this.network, this.amount, extensions, this.others);
	}

	/** Leaves out the extensions and what is not known, which may hold a session id. */
	@Override
	public String toString() {
		return "SettleResponse[success=" + this.success + ", errorReason=" + this.errorReason + ", errorMessage="
				+ this.errorMessage + ", payer=" + this.payer + ", transaction=" + this.transaction + ", network="
				+ this.network + ", amount=" + this.amount + "]";
	}

}
