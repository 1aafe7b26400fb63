package io.github.x402sessions.samples.agent.failure;

/**
 * Thrown when an option's value cannot be used; the message names the option.
 */
public final class WrongOptionException extends RuntimeException {

	public WrongOptionException(String option, String problem) {
		super(option + ": " + problem);
	}

}
