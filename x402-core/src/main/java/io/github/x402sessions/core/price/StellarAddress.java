package io.github.x402sessions.core.price;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks the text form of Stellar addresses (SEP-23 "StrKey"): base32 of a version byte,
 * 32 bytes and a CRC-16, so that a mistyped address is found before money goes there.
 */
public final class StellarAddress {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	/** A mistyped seed too, which must be in no message. */
	private static final Pattern SECRET = Pattern.compile("(?is).*\\bS[A-Z0-9]{55}\\b.*|\\s*S.{55}\\s*");

	private static final int TEXT_LENGTH = 56;

	private static final int BINARY_LENGTH = 35;

	private static final int ACCOUNT = 6 << 3;

	private static final int CONTRACT = 2 << 3;

	private StellarAddress() {
	}

	/**
	 * Tell whether a text is the address of an account ({@code G…}).
	 * @param text the text
	 * @return whether it is, with a valid checksum
	 */
	public static boolean isAccount(String text) {
		return isValid(text, ACCOUNT);
	}

	/**
	 * Tell whether a text is the address of a contract ({@code C…}).
	 * @param text the text
	 * @return whether it is, with a valid checksum
	 */
	public static boolean isContract(String text) {
		return isValid(text, CONTRACT);
	}

	/**
	 * Tell whether a text looks like a secret seed ({@code S…}), or has one in it.
	 * @param text the text, which is in no message then
	 * @return whether it does, with a valid checksum or not
	 */
	public static boolean looksLikeSecret(String text) {
		return SECRET.matcher(text).matches();
	}

	private static boolean isValid(String text, int version) {
		if (text.length() != TEXT_LENGTH || !text.equals(text.toUpperCase(Locale.ROOT))) {
			return false;
		}
		byte[] bytes = new byte[BINARY_LENGTH];
		int buffer = 0;
		int bits = 0;
		int position = 0;
		for (int i = 0; i < TEXT_LENGTH; i++) {
			int value = ALPHABET.indexOf(text.charAt(i));
			if (value < 0) {
				return false;
			}
			buffer = (buffer << 5 | value) & 0xfff;
			bits += 5;
			if (bits >= 8) {
				bits -= 8;
				bytes[position++] = (byte) (buffer >> bits);
			}
		}
		int checksum = (bytes[BINARY_LENGTH - 2] & 0xff) | (bytes[BINARY_LENGTH - 1] & 0xff) << 8;
		return (bytes[0] & 0xff) == version && crc16(bytes, BINARY_LENGTH - 2) == checksum;
	}

	/** CRC-16/XMODEM, as SEP-23 asks for. */
	private static int crc16(byte[] bytes, int length) {
		int crc = 0;
		for (int i = 0; i < length; i++) {
			crc ^= (bytes[i] & 0xff) << 8;
			for (int bit = 0; bit < 8; bit++) {
				crc = ((crc & 0x8000) != 0) ? crc << 1 ^ 0x1021 : crc << 1;
				crc &= 0xffff;
			}
		}
		return crc;
	}

}
