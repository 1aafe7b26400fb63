package io.github.x402sessions.servlet.webxml;

import io.github.x402sessions.core.X402Exception;

/**
 * Thrown when a parameter of the filter is missing or wrong. The message names it, what
 * is wrong, and what to do about it.
 */
public final class InvalidParameterException extends X402Exception {

	/**
	 * Create the exception.
	 * @param place the parameter as it is called where it was found
	 * @param problem what is wrong with it
	 * @param action what to do about it, a sentence without its full stop
	 */
	public InvalidParameterException(String place, String problem, String action) {
		super(place + ": " + problem + ". " + action + ".", null);
	}

}
