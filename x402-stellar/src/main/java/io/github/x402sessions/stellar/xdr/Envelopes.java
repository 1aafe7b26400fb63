package io.github.x402sessions.stellar.xdr;

import java.io.IOException;
import java.util.Base64;
import java.util.function.Consumer;

import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Network;
import org.stellar.sdk.xdr.TransactionEnvelope;

/**
 * Reads transactions that others wrote. All of their bytes are walked before the SDK has
 * them: it reserves whatever they claim.
 */
public final class Envelopes {

	private Envelopes() {
	}

	/**
	 * Read an envelope of calls, or one that pays the fee of such.
	 * @throws IllegalArgumentException if it is none, or is of the first protocol's type
	 */
	public static AbstractTransaction read(String envelope, String passphrase) {
		return read(envelope, passphrase, EnvelopeWalk::over);
	}

	/**
	 * Read an envelope that the caller knows, of any operations: its bytes are not walked
	 * before.
	 * @throws IllegalArgumentException if it is none
	 */
	public static AbstractTransaction readKnown(String envelope, String passphrase) {
		return read(envelope, passphrase, (bytes) -> {
		});
	}

	private static AbstractTransaction read(String envelope, String passphrase, Consumer<byte[]> check) {
		try {
			byte[] bytes = Base64.getDecoder().decode(envelope);
			check.accept(bytes);
			return AbstractTransaction.fromEnvelopeXdr(TransactionEnvelope.fromXdrByteArray(bytes),
					new Network(passphrase));
		}
		catch (IOException | RuntimeException ex) {
			throw new IllegalArgumentException("this is no transaction's envelope", ex);
		}
	}

}
