package io.github.x402sessions.core.scheme.session;

/**
 * States which call a payment is for. The holder of a session's key signs its text, so
 * that whoever sees the payment can use it for nothing else.
 *
 * @param network the network, a CAIP-2 id
 * @param asset the contract of the asset
 * @param payTo the recipient
 * @param amount the most that the call may cost, base units
 * @param approval the hash of the session's approve, 64 hex digits in lower case
 * @param method the request's method; {@code -} where the transport has none
 * @param resource the URL of the resource, as the challenge has it
 * @param paymentId the identifier of the payment
 * @param validUntil the last moment of the signature, Unix seconds
 * @param body the hash of the request's body, see {@link BodyHash}
 */
public record PaymentStatement(String network, String asset, String payTo, String amount, String approval,
		String method, String resource, String paymentId, long validUntil, String body) {

	private static final String VERSION = "x402-session-payment:v1";

	private static final int LONGEST_RESOURCE = 2048;

	/**
	 * Check what the text is made of: no part may hold a line's end, which would make two
	 * statements of one text.
	 * @throws IllegalArgumentException if a part is empty or has a character other than
	 * printable ASCII, {@code resource} is longer than 2048 characters or
	 * {@code validUntil} is negative
	 */
	public PaymentStatement {
		require(network, "network");
		require(asset, "asset");
		require(payTo, "payTo");
		require(amount, "amount");
		require(approval, "approval");
		require(method, "method");
		require(resource, "resource");
		require(paymentId, "paymentId");
		require(body, "body");
		if (resource.length() > LONGEST_RESOURCE) {
			throw new IllegalArgumentException("'resource' must be at most " + LONGEST_RESOURCE + " characters long");
		}
		if (validUntil < 0) {
			throw new IllegalArgumentException("'validUntil' must not be negative");
		}
	}

	private static void require(String part, String name) {
		if (part.isEmpty() || !part.chars().allMatch((character) -> character > ' ' && character <= '~')) {
			throw new IllegalArgumentException("'" + name + "' must be printable ASCII without spaces");
		}
	}

	/**
	 * Return what is signed, as UTF-8.
	 * @return eleven lines with a line feed between them and none at the end
	 */
	public String text() {
		return String.join("\n", VERSION, this.network, this.asset, this.payTo, this.amount, this.approval, this.method,
				this.resource, this.paymentId, Long.toString(this.validUntil), this.body);
	}

}
