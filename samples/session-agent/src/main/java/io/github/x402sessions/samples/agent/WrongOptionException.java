package io.github.x402sessions.samples.agent;

/**
 * Thrown when an option's value cannot be used; the message names the option.
 */
final class WrongOptionException extends RuntimeException {

	WrongOptionException(String option, String problem) {
		super(option + ": " + problem);
	}

}
