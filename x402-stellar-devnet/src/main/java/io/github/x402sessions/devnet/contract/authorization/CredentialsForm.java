package io.github.x402sessions.devnet.contract.authorization;

/**
 * The forms of an address's credentials. Their fields are those of the first one; the
 * signed bytes and the number under which they are written differ.
 */
public enum CredentialsForm {

	/** The signed bytes do not name the address. */
	PLAIN(1),

	/** The signed bytes name the address. Since protocol 27. */
	NAMING(2),

	/** As the form before, with delegates who sign for the address. Since protocol 27. */
	DELEGATING(3);

	/** The protocol that brought the newer forms. */
	public static final int NEWER_SINCE = 27;

	private final int number;

	CredentialsForm(int number) {
		this.number = number;
	}

	/**
	 * The form with a number.
	 * @throws IllegalArgumentException if there is none
	 */
	public static CredentialsForm numbered(int number) {
		for (CredentialsForm form : values()) {
			if (form.number == number) {
				return form;
			}
		}
		throw new IllegalArgumentException("no form of credentials: " + number);
	}

	/** The number in XDR. */
	public int number() {
		return this.number;
	}

}
