package io.github.x402sessions.samples.agent.offer;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;

/**
 * A header of the user's own.
 *
 * @param name its name
 * @param value its value, which may be a secret
 */
public record RequestHeader(String name, String value) {

	/** The JDK sends it beside the length, so that a body could hold another request. */
	private static final String TRANSFER_ENCODING = "Transfer-Encoding";

	/** Read {@code Name: value}; what is wrong is told without the value. */
	public static RequestHeader parse(String text) {
		String[] parts = text.split(":", 2);
		if (parts.length < 2 || !parts[0].matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
			throw new WrongOptionException("--header", "is not of the form 'Name: value'");
		}
		RequestHeader header = new RequestHeader(parts[0], parts[1].strip());
		if (header.is(PaymentHeader.SIGNATURE) || header.is(PaymentHeader.LEGACY_SIGNATURE)) {
			throw new WrongOptionException("--header", "paying is the session's business, not that of " + parts[0]);
		}
		if (header.is(TRANSFER_ENCODING)) {
			throw new WrongOptionException("--header", "where a body ends is not the business of " + parts[0]);
		}
		return header;
	}

	public boolean is(String other) {
		return this.name.equalsIgnoreCase(other);
	}

	@Override
	public String toString() {
		return "RequestHeader[name=" + this.name + "]";
	}

}
