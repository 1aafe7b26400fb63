package io.github.x402sessions.stellar.balance;

/**
 * The reason for which an asset contract refuses a transfer.
 */
public enum TransferFailure {

	/** The payer no longer lets us spend that much: revoked, replaced or expired. */
	ALLOWANCE("the payer's allowance does not cover the transfer"),

	/** The payer has not enough, or the recipient may hold no more. */
	BALANCE("the payer's balance or the recipient's limit does not allow the transfer"),

	/** The issuer froze one of the two. */
	DEAUTHORISED("the payer or the recipient is not authorised to hold the asset"),

	/** One of the two does not hold the asset at all. */
	TRUSTLINE("the payer or the recipient has no trustline for the asset"),

	/** Something else. */
	OTHER("the chain refuses the transfer");

	private final String sentence;

	TransferFailure(String sentence) {
		this.sentence = sentence;
	}

	/**
	 * Return the cause in a sentence.
	 * @return the sentence
	 */
	public String sentence() {
		return this.sentence;
	}

	/** The numbers are those of the Stellar Asset Contract. */
	public static TransferFailure of(int contractError) {
		return switch (contractError) {
			case 9 -> ALLOWANCE;
			case 10 -> BALANCE;
			case 11 -> DEAUTHORISED;
			case 13 -> TRUSTLINE;
			default -> OTHER;
		};
	}

}
