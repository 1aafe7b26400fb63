package io.github.x402sessions.core.challenge;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a setting of the page cannot be used. Its message says what is wrong,
 * without the value.
 */
public final class InvalidPageException extends X402Exception {

	private final Setting setting;

	private final String remedy;

	InvalidPageException(Setting setting, String problem, String remedy) {
		super(problem, null);
		this.setting = setting;
		this.remedy = remedy;
	}

	/**
	 * Return which setting it is.
	 * @return the setting
	 */
	public Setting setting() {
		return this.setting;
	}

	/**
	 * Return what to do.
	 * @return a sentence without its full stop
	 */
	public String remedy() {
		return this.remedy;
	}

	/**
	 * Settings that can be wrong.
	 */
	public enum Setting {

		/** Who sells. */
		NAME,

		/** The picture. */
		LOGO,

		/** The colour of buttons. */
		ACCENT,

		/** The devnet. */
		DEVNET_URL

	}

}
