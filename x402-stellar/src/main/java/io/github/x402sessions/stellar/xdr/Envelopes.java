package io.github.x402sessions.stellar.xdr;

import java.io.IOException;

import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Network;

/**
 * Reads transactions that others wrote.
 */
public final class Envelopes {

	private Envelopes() {
	}

	/**
	 * Read an envelope.
	 * @throws IllegalArgumentException if it is none
	 */
	public static AbstractTransaction read(String envelope, String passphrase) {
		try {
			return AbstractTransaction.fromEnvelopeXdr(envelope, new Network(passphrase));
		}
		catch (IOException | RuntimeException ex) {
			throw new IllegalArgumentException("this is no transaction's envelope", ex);
		}
	}

}
