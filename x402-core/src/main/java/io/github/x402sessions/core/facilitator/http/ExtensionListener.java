package io.github.x402sessions.core.facilitator.http;

/**
 * Hears what facilitators say of extensions. Implementations are thread-safe; what they
 * throw is logged, because the payment has its own course.
 */
@FunctionalInterface
public interface ExtensionListener {

	/**
	 * A facilitator has said how an extension of a payment fared.
	 * @param response what it said
	 */
	void responded(ExtensionResponse response);

}
