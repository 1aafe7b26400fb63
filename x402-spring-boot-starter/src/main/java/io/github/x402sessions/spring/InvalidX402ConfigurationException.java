package io.github.x402sessions.spring;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown at start when the configuration cannot be charged by: names the place and what
 * to do about it.
 */
public final class InvalidX402ConfigurationException extends X402Exception {

	private final String action;

	InvalidX402ConfigurationException(String place, String problem, String action) {
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
