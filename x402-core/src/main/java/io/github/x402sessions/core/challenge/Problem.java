package io.github.x402sessions.core.challenge;

import org.jspecify.annotations.Nullable;

/**
 * The answers that are neither a challenge nor the handler's, as RFC 9457 problems.
 *
 * @param type a stable URI that names the problem
 * @param title the problem in a few words
 * @param status the HTTP status
 * @param detail what is wrong this time; optional
 */
public record Problem(String type, String title, int status, @Nullable String detail) {

	private static final String TYPES = "urn:x402-sessions:problem:";

	private static final String BUSY = TYPES + "payment-identifier-busy";

	private static final String NOT_PROVEN = TYPES + "settlement-not-proven";

	private static final String UNKNOWN = TYPES + "settlement-unknown";

	/** The client sent something that is not a payment. */
	public static Problem malformedPayment(String detail) {
		return new Problem(TYPES + "malformed-payment", "Malformed payment", 400, detail);
	}

	/** The route takes only payments with an identifier. */
	static Problem identifierMissing() {
		return new Problem(TYPES + "payment-identifier-missing", "The payment has no identifier", 400,
				"Pay with 'extensions.payment-identifier.info.id'. The payment was not used.");
	}

	/** There is more of a signed body than the server takes. */
	public static Problem signedBodyTooLong(@Nullable String detail) {
		return new Problem(TYPES + "signed-body-too-long", "The signed body is too long", 413, detail);
	}

	/** A signed body did not arrive in time. */
	public static Problem signedBodyTooSlow(@Nullable String detail) {
		return new Problem(TYPES + "signed-body-too-slow", "The signed body took too long", 408, detail);
	}

	/** There is no room for a signed body. */
	public static Problem signedBodiesCrowded(@Nullable String detail) {
		return new Problem(TYPES + "signed-bodies-crowded", "There is no room for the signed body now", 503, detail);
	}

	/** What was signed for is not the form that it says to be. */
	public static Problem malformedForm(@Nullable String detail) {
		return new Problem(TYPES + "malformed-form", "The form is malformed", 400, detail);
	}

	/** The payment's identifier bought something else already. */
	public static Problem identifierSpent() {
		return new Problem(TYPES + "payment-identifier-spent", "The payment identifier was used before", 409,
				"It was settled for another request or answer. Use a new identifier for a new request.");
	}

	/** The payment's identifier is buying the same at this moment. */
	public static Problem identifierBusy() {
		return new Problem(BUSY, "The same request is being handled", 409,
				"Repeat it later to get its answer. It is paid for once.");
	}

	/** What a payment identifier was used for cannot be found out now. */
	public static Problem answersUnavailable() {
		return new Problem(TYPES + "answers-unavailable", "Repeated requests cannot be told from new ones now", 503,
				"The payment was not used this time. Repeat the request later with the same payment identifier.");
	}

	/** The application does not sell to this client. */
	public static Problem denied() {
		return new Problem(TYPES + "denied", "Not for sale to this client", 403, "The payment was not used.");
	}

	/** A WebSocket or a tunnel is asked for. */
	public static Problem protocolChange() {
		return new Problem(TYPES + "protocol-change", "A priced resource cannot change the protocol", 400,
				"The payment was not used.");
	}

	/** The path is spelled so that it reads as two resources with different prices. */
	public static Problem ambiguousPath() {
		return new Problem(TYPES + "ambiguous-path", "The path has two prices", 400,
				"Ask for it without dot segments, doubled slashes and their like. The payment was not used.");
	}

	/** The facilitator cannot be reached now. */
	public static Problem facilitatorUnavailable() {
		return new Problem(TYPES + "facilitator-unavailable", "Payments cannot be checked now", 503,
				"The payment was not used. Try again later.");
	}

	/** The facilitator is of no use to this server. */
	public static Problem facilitatorUnusable() {
		return new Problem(TYPES + "facilitator-unusable", "Payments cannot be checked", 502,
				"The payment was not used. The operator of this server has to mend its facilitator.");
	}

	/** No facilitator supports a kind of payment that the route accepts. */
	static Problem routeNotPayable() {
		return new Problem(TYPES + "route-not-payable", "This resource cannot be paid for now", 503,
				"No facilitator of this server settles the payments that it asks for. No payment was used.");
	}

	/** The terms are too large for a response header. */
	static Problem challengeTooLarge() {
		return new Problem(TYPES + "challenge-too-large", "The terms of payment cannot be sent", 500,
				"The terms do not fit into a response header. The operator of this server has to shorten them.");
	}

	/** The terms repeat the URL, which is too long for it. */
	static Problem requestTargetTooLong() {
		return new Problem(TYPES + "request-target-too-long", "The URL is too long", 414,
				"The terms of payment name the URL of the request, and do not fit into a response header with it.");
	}

	/**
	 * The money may or may not have moved.
	 * @param once whether the same request again is paid for once
	 */
	public static Problem settlementUnknown(boolean once) {
		return new Problem(UNKNOWN, "The outcome of the payment is not known", 503, once
				? "The payment may have been made. Repeat the request with the same payment identifier: it is paid for once."
				: "The payment may have been made. Find out before paying again: that would be another payment.");
	}

	/** What was said to settle the payment has settled another one. */
	public static Problem settlementNotProven() {
		return new Problem(NOT_PROVEN, "The payment is not proven", 502,
				"The facilitator names a transaction that has paid for something else. The operator of this server has to mend its facilitator.");
	}

	/**
	 * An answer that is charged step by step cannot leave by steps, nor be kept whole.
	 */
	public static Problem streamNotHeld() {
		return new Problem(TYPES + "stream-not-held", "The answer cannot be streamed now", 503,
				"Nothing is held for it, and it is longer than this server keeps unpaid. The payment was not used.");
	}

	/** Whether the same request may do better soon, and was not paid for. */
	public boolean isTemporary() {
		return (this.status > 500 && !this.type.equals(UNKNOWN) && !this.type.equals(NOT_PROVEN))
				|| this.type.equals(BUSY);
	}

}
