package io.github.x402sessions.samples.agent.mcp;

/**
 * Thrown when a tool does not do what it was asked for.
 */
final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Refusal refusal;

	RefusedException(Refusal refusal) {
		super(refusal.message());
		this.refusal = refusal;
	}

	RefusedException(RefusalCode code, String message) {
		this(Refusal.of(code, message));
	}

	Refusal refusal() {
		return this.refusal;
	}

}
