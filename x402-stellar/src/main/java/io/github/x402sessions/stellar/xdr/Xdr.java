package io.github.x402sessions.stellar.xdr;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.LedgerKey;

/**
 * Writes ledger keys and reads XDR. Reading answers {@code null} to anything that the SDK
 * does not understand: it throws all kinds of exceptions at bytes newer than itself.
 */
public final class Xdr {

	private Xdr() {
	}

	public static String write(LedgerKey key) {
		try {
			return key.toXdrBase64();
		}
		catch (IOException ex) {
			throw new IllegalStateException("writing to memory does not fail", ex);
		}
	}

	public static <T> @Nullable T read(String base64, Reader<T> reader) {
		try {
			return reader.read(base64);
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Reads one thing from XDR.
	 *
	 * @param <T> the type of the thing
	 */
	@FunctionalInterface
	public interface Reader<T> {

		public @Nullable T read(String base64) throws IOException;

	}

}
