package io.github.x402sessions.core.facilitator;

/**
 * Thrown when a facilitator refuses the resource server itself (status 401 or 403). The
 * operator has to mend the credentials; the buyer's payment is not at fault.
 */
public final class FacilitatorAccessException extends FacilitatorException {

	/**
	 * Create the exception.
	 * @param message what happened
	 */
	public FacilitatorAccessException(String message) {
		super(message, null);
	}

}
