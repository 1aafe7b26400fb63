package io.github.x402sessions.core.terms;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a server cannot charge by its settings. It says which one is wrong but not
 * what it is called: that is known to whoever has read it.
 */
public final class InvalidTermsException extends X402Exception {

	private final TermsSetting setting;

	private final String remedy;

	InvalidTermsException(TermsSetting setting, String problem, String remedy) {
		super(problem, null);
		this.setting = setting;
		this.remedy = remedy;
	}

	/**
	 * Return the setting that is wrong; the message says in what way.
	 * @return the setting
	 */
	public TermsSetting setting() {
		return this.setting;
	}

	/**
	 * Return what to set it to, as the end of a sentence that starts with "Set" and its
	 * name.
	 * @return a phrase, such as {@code to 'stellar:testnet' or 'stellar:pubnet'}
	 */
	public String remedy() {
		return this.remedy;
	}

}
