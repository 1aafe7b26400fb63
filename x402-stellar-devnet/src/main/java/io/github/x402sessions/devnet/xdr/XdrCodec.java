package io.github.x402sessions.devnet.xdr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Turns XDR values of the SDK into bytes and base64, and hostile base64 into values.
 */
public final class XdrCodec {

	private XdrCodec() {
	}

	public static byte[] bytes(Encoder value) {
		try {
			return value.toXdrByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static String base64(Encoder value) {
		return base64(bytes(value));
	}

	public static String base64(byte[] xdr) {
		return Base64.getEncoder().encodeToString(xdr);
	}

	/**
	 * Decodes base64 that must be exactly one value: what does not encode back to the
	 * same bytes is refused. Lengths inside XDR are not bounded by the SDK, so a value
	 * that claims to be huge or endlessly nested shows up as an {@link Error}, which is
	 * refused here like any other malformed input.
	 * @throws XdrException if the text is not such a value
	 */
	public static <T> T decode(String base64, Decoder<T> decoder, Reencoder<T> encoder) {
		return decode(bytes(base64), decoder, encoder);
	}

	/**
	 * Decodes base64.
	 * @throws XdrException if the text is none
	 */
	public static byte[] bytes(String base64) {
		try {
			return Base64.getDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			throw new XdrException("not base64", ex);
		}
	}

	/**
	 * Decodes bytes as {@link #decode(String, Decoder, Reencoder)} does base64.
	 * @throws XdrException if the bytes are not such a value
	 */
	public static <T> T decode(byte[] xdr, Decoder<T> decoder, Reencoder<T> encoder) {
		try {
			T value = decoder.fromXdrByteArray(xdr);
			if (!Arrays.equals(encoder.toXdrByteArray(value), xdr)) {
				throw new XdrException("bytes are left over or not canonical");
			}
			return value;
		}
		catch (IOException | IllegalArgumentException | NegativeArraySizeException | StackOverflowError
				| OutOfMemoryError ex) {
			throw new XdrException("not decodable", ex);
		}
		catch (XdrException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new XdrException("unknown union arm or enum value", ex);
		}
	}

	public static byte[] sha256(byte[] input) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(input);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Gives the bytes of a value, as the generated classes do.
	 */
	@FunctionalInterface
	public interface Encoder {

		byte[] toXdrByteArray() throws IOException;

	}

	/**
	 * Reads a value from bytes, as the generated classes do.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	public interface Decoder<T> {

		T fromXdrByteArray(byte[] xdr) throws IOException;

	}

	/**
	 * Gives the bytes of a value that was just read.
	 *
	 * @param <T> the type of the value
	 */
	@FunctionalInterface
	public interface Reencoder<T> {

		byte[] toXdrByteArray(T value) throws IOException;

	}

}
