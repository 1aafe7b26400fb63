package io.github.x402sessions.facilitator.reconcile;

/**
 * Something that a reconciliation found.
 *
 * @param kind how much it matters
 * @param subject what it is about: a transaction's hash, or the handle of a session
 * @param detail what was found, in a sentence
 */
public record Finding(Kind kind, String subject, String detail) {

	/** Severity of a finding. */
	public enum Kind {

		/** Books and chain disagree. */
		DIFFERENCE,

		/** They disagreed; the books say now what the chain proves. */
		REPAIRED,

		/** Not decided yet, or not for us to decide. */
		NOTE

	}

	static Finding difference(String subject, String detail) {
		return new Finding(Kind.DIFFERENCE, subject, detail);
	}

	static Finding note(String subject, String detail) {
		return new Finding(Kind.NOTE, subject, detail);
	}

	/** Return that it could not be mended. */
	Finding left(String why) {
		return new Finding(this.kind, this.subject, this.detail + "; " + why);
	}

	/** Return that it is mended. */
	Finding repaired(String how) {
		return new Finding(Kind.REPAIRED, this.subject, this.detail + "; " + how);
	}

}
