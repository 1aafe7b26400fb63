package io.github.x402sessions.spring;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown at start when the configuration cannot be charged by: names the place and what
 * to do about it.
 */
public final class InvalidX402ConfigurationException extends X402Exception {

	private final String action;

	/**
	 * Create one.
	 * @param place what is wrong: a property or an annotation
	 * @param problem what is wrong with it
	 * @param action what to do about it, a sentence for the developer
	 */
	public InvalidX402ConfigurationException(String place, String problem, String action) {
		super(place + ": " + problem, null);
		this.action = action;
	}

	/**
	 * Return what to do about it.
	 * @return a sentence for the developer
	 */
	public String action() {
		return this.action;
	}

}
