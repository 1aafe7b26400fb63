package io.github.x402sessions.devnet.xdr;

/**
 * Signals that bytes from outside are not the XDR that they claim to be.
 */
public final class XdrException extends RuntimeException {

	XdrException(String message, Throwable cause) {
		super(message, cause);
	}

	XdrException(String message) {
		super(message);
	}

}
