package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.client.payment.message.PaymentForm;
import io.github.x402sessions.client.payment.offer.SignedEvidence;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.NetworkRules;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.scheme.SessionScheme;
import org.jspecify.annotations.Nullable;

/**
 * A server's word about the payment of a request, from the {@code PAYMENT-RESPONSE}
 * header of its answer, or where its transport has that.
 *
 * @param success whether the money moved, or is committed to
 * @param network the network as a CAIP-2 id
 * @param transaction the hash of the transaction that moved it, or the id of a
 * {@link #commitment()} that it will be moved; {@code null} where the server names
 * neither
 * @param amount what was settled, base units, or {@code null} if the server does not say;
 * the most that it may come to where it {@link #isHeld()}
 * @param errorReason why nothing was settled, such as {@code cap_exceeded}, or
 * {@code null}
 * @param extensions what extensions and schemes add, by name, as it is on the wire; may
 * hold a secret, so {@link #toString()} leaves it out
 * @param evidence what the server has signed; of a receipt that was not read for a call
 * nothing
 */
public record PaymentReceipt(boolean success, String network, @Nullable String transaction, @Nullable BigInteger amount,
		@Nullable String errorReason, Map<String, @Nullable Object> extensions, SignedEvidence evidence) {

	/**
	 * Create a receipt of a server that has signed nothing.
	 * @param success whether the money moved, or is committed to
	 * @param network the network as a CAIP-2 id
	 * @param transaction what moved it, or {@code null}
	 * @param amount what was settled, base units, or {@code null}
	 * @param errorReason why nothing was settled, or {@code null}
	 * @param extensions what extensions and schemes add, by name
	 */
	public PaymentReceipt(boolean success, String network, @Nullable String transaction, @Nullable BigInteger amount,
			@Nullable String errorReason, Map<String, @Nullable Object> extensions) {
		this(success, network, transaction, amount, errorReason, extensions, SignedEvidence.NONE);
	}

	/**
	 * Read the receipt of an answer.
	 * @param response the answer to a request
	 * @return the receipt, or empty if there is none that can be read
	 */
	public static Optional<PaymentReceipt> from(HttpResponse<?> response) {
		return response.headers().firstValue(PaymentHeader.RESPONSE).flatMap(PaymentReceipt::read);
	}

	/**
	 * Read the receipt of an answer that some other HTTP client got.
	 * @param header the value of the {@code PAYMENT-RESPONSE} header
	 * @return the receipt, or empty if it cannot be read
	 */
	public static Optional<PaymentReceipt> read(String header) {
		return read(PaymentForm.HEADER, header);
	}

	/**
	 * Read the receipt of a tool's result.
	 * @param member what {@code x402/payment-response} of its {@code _meta} holds
	 * @return the receipt, or empty if it cannot be read
	 */
	public static Optional<PaymentReceipt> read(Map<?, ?> member) {
		return read(PaymentForm.JSON, PaymentForm.JSON.write(member));
	}

	static Optional<PaymentReceipt> read(PaymentForm form, String text) {
		try {
			return Optional.of(of(form.read(text, SettleResponse.class)));
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Tell why an answer was not paid for, as its server says: in the receipt, or in
	 * another challenge, where many servers put it.
	 * @param response the answer to a request
	 * @return the reason, such as {@code cap_exceeded}, or {@code no reason given}
	 */
	public static String refusal(HttpResponse<?> response) {
		return new PaidCallResponse(PaymentForm.HEADER, response.statusCode(),
				response.headers().allValues(PaymentHeader.RESPONSE),
				response.headers().allValues(PaymentHeader.REQUIRED))
			.reason();
	}

	/**
	 * Return the commitment of the facilitator, where it settles the payment later on.
	 * @return its id, or empty if the payment is settled, or is none
	 */
	public Optional<String> commitment() {
		return Optional.ofNullable(this.transaction).filter(SettleResponse::isCommitment);
	}

	/**
	 * Tell whether the amount is only set aside: what a metered answer comes to is known
	 * when it has ended, and whoever asks what became of the {@link #commitment()} is
	 * told.
	 * @return whether the amount is the most that is paid
	 */
	public boolean isHeld() {
		return this.success && commitment().isPresent()
				&& SessionScheme.HELD.equals(session().get(SessionScheme.SETTLEMENT));
	}

	/**
	 * Return until when the amount is set aside.
	 * @return when it is free again, unless it is paid before; empty if it is not held,
	 * or the server does not say
	 */
	public Optional<Instant> heldUntil() {
		return isHeld() ? SessionScheme.heldUntil(this.extensions) : Optional.empty();
	}

	private Map<?, ?> session() {
		return (this.extensions.get(SessionScheme.NAME) instanceof Map<?, ?> session) ? session : Map.of();
	}

	/**
	 * Return the transaction, if it is one that can be looked up in a ledger of the
	 * network.
	 * @return its hash, or empty if the server names none, or something else
	 */
	public Optional<String> ledgerTransaction() {
		return Optional.ofNullable(this.transaction)
			.filter((hash) -> commitment().isEmpty() && NetworkRules.of(this.network).isTransaction(hash));
	}

	PaymentReceipt withEvidence(SignedEvidence evidence) {
		return new PaymentReceipt(this.success, this.network, this.transaction, this.amount, this.errorReason,
				this.extensions, evidence);
	}

	/** For people: amounts in whole tokens. */
	String describe(Asset asset) {
		return describe((this.amount != null) ? asset.describe(this.amount) : "unknown");
	}

	private String describe(String amount) {
		return "PaymentReceipt[success=" + this.success + ", network=" + this.network + ", transaction="
				+ this.transaction + ", amount=" + (isHeld() ? "at most " : "") + amount + ", errorReason="
				+ this.errorReason + (this.evidence.isEmpty() ? "" : ", signed=" + this.evidence) + "]";
	}

	private static PaymentReceipt of(SettleResponse settled) {
		String transaction = settled.transaction().isEmpty() ? null : settled.transaction();
		return new PaymentReceipt(settled.success(), settled.network(), transaction, number(settled.amount()),
				settled.errorReason(), (settled.extensions() != null) ? settled.extensions() : Map.of());
	}

	private static @Nullable BigInteger number(@Nullable String value) {
		return (value != null && value.matches("[0-9]{1,39}")) ? new BigInteger(value) : null;
	}

	@Override
	public String toString() {
		return describe(String.valueOf(this.amount));
	}

}
