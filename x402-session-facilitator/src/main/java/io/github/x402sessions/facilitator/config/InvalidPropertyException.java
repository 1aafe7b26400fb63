package io.github.x402sessions.facilitator.config;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when the facilitator is configured so that it cannot start. The message names
 * the property and never repeats a secret.
 */
public final class InvalidPropertyException extends X402Exception {

	private final String fix;

	public InvalidPropertyException(String property, String problem, String fix) {
		super("facilitator." + property + " " + problem, null);
		this.fix = fix;
	}

	/**
	 * Return what to do about it.
	 * @return a sentence
	 */
	public String fix() {
		return this.fix;
	}

}
