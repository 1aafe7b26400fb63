package io.github.x402sessions.client.payment.message;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentMeta;

/**
 * The text that the messages of a payment travel as.
 */
public enum PaymentForm {

	/** The value of an HTTP header. */
	HEADER(8 * 1024) {

		@Override
		public String write(Object message) {
			return PaymentHeader.encode(message);
		}

		@Override
		public <T> T read(String text, Class<T> type) {
			return PaymentHeader.decode(text, type, MAX_LENGTH);
		}

	},

	/** A JSON object, as a member of another message; no more of it than in a header. */
	JSON(6 * 1024) {

		@Override
		public String write(Object message) {
			return PaymentMeta.encode(message);
		}

		@Override
		public <T> T read(String text, Class<T> type) {
			return PaymentMeta.decode(text, type, MAX_LENGTH);
		}

	};

	/** What extensions say makes messages long; beyond this they are not read. */
	private static final int MAX_LENGTH = 64 * 1024;

	private final int longestPayment;

	PaymentForm(int longestPayment) {
		this.longestPayment = longestPayment;
	}

	/**
	 * Return the longest payment that servers can be expected to read.
	 * @return its length, characters
	 */
	public int longestPayment() {
		return this.longestPayment;
	}

	/**
	 * Write a wire record.
	 * @param message the record
	 * @return its text
	 */
	public abstract String write(Object message);

	/**
	 * Read a wire record.
	 * @param <T> the type of the record
	 * @param text its text
	 * @param type the class of the record
	 * @return the record
	 * @throws MalformedMessageException if the text is too long or not such a record
	 */
	public abstract <T> T read(String text, Class<T> type);

}
