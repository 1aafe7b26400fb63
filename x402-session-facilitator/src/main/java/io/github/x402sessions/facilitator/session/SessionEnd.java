package io.github.x402sessions.facilitator.session;

import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The reason for which a session pays nothing more, which is for good.
 */
public enum SessionEnd {

	/** Another session took the allowance that it rested on. */
	SUPERSEDED("superseded", "another session has taken the payer's allowance"),

	/** The payer took the allowance back, or lowered it below what the session needs. */
	UNCOVERED("superseded", "the payer's allowance no longer covers the session"),

	/** A payment was committed that the payer could not pay. */
	DEFAULTED("superseded", "the payer could not pay what the session had promised"),

	/** Its owner has closed it. */
	CLOSED("closed", "its owner has closed the session"),

	/** An operator has closed it. */
	REVOKED("closed", "the operator has closed the session");

	private final String status;

	private final String sentence;

	SessionEnd(String status, String sentence) {
		this.status = status;
		this.sentence = sentence;
	}

	/** Read what is stored; a node of another version writes none, or one of its own. */
	public static SessionEnd stored(@Nullable String reason) {
		return Arrays.stream(values()).filter((end) -> end.reason().equals(reason)).findFirst().orElse(SUPERSEDED);
	}

	/** Return what is stored. */
	public String reason() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the status that a session's bearer sees.
	 * @return the word on the wire
	 */
	public String status() {
		return this.status;
	}

	/**
	 * Return the reason in a sentence.
	 * @return the sentence
	 */
	public String sentence() {
		return this.sentence;
	}

}
