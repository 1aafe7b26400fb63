package io.github.x402sessions.stellar.transaction;

import io.github.x402sessions.stellar.xdr.Envelopes;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Transaction;

/**
 * The sequence number that a transaction uses up.
 *
 * @param account the account that gives it
 * @param number the number
 */
public record SequenceNumber(String account, long number) {

	/**
	 * Read the number of a transaction.
	 * @param envelope the envelope's XDR, base64
	 * @param passphrase the network's passphrase
	 * @return its number, or {@code null} if it is a fee bump, which has none
	 * @throws IllegalArgumentException if it is no envelope
	 */
	public static @Nullable SequenceNumber of(String envelope, String passphrase) {
		return (Envelopes.read(envelope, passphrase) instanceof Transaction transaction)
				? new SequenceNumber(transaction.getSourceAccount(), transaction.getSequenceNumber()) : null;
	}

}
