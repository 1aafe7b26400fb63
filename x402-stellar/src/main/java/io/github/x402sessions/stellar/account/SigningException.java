package io.github.x402sessions.stellar.account;

import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an {@link AccountSigner} gives no signature that its account's key proves.
 * What was to be signed must not be sent.
 */
public final class SigningException extends X402Exception {

	/**
	 * Create the exception.
	 * @param message why there is no signature; without secrets
	 * @param cause the cause, or {@code null}
	 */
	public SigningException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
