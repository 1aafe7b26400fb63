package io.github.x402sessions.samples.agent.failure;

/**
 * Thrown when an option's value cannot be used; the message names the option.
 */
public final class WrongOptionException extends RuntimeException {

	private final String problem;

	public WrongOptionException(String option, String problem) {
		super(option + ": " + problem);
		this.problem = problem;
	}

	/** What is wrong, without the name of the option. */
	public String problem() {
		return this.problem;
	}

}
