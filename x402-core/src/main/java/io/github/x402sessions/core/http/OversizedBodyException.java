package io.github.x402sessions.core.http;

import java.io.IOException;

/**
 * Thrown when a response body is larger than the caller reads.
 */
public final class OversizedBodyException extends IOException {

	OversizedBodyException(int maxBytes) {
		super("body is larger than " + maxBytes + " bytes");
	}

}
