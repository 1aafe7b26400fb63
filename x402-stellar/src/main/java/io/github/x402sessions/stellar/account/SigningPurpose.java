package io.github.x402sessions.stellar.account;

/**
 * The purposes for which transactions are signed.
 */
public enum SigningPurpose {

	/** A payment is made. */
	TRANSFER("transfer"),

	/** The fee of a payer's approve is paid. */
	SPONSORSHIP("sponsorship"),

	/** Lumens go to channel accounts, or come back from them. */
	CHANNELS("channels");

	private final String wireName;

	SigningPurpose(String wireName) {
		this.wireName = wireName;
	}

	/**
	 * Return the purpose's name on the wire.
	 * @return the name, in lower case
	 */
	public String wireName() {
		return this.wireName;
	}

}
