package io.github.x402sessions.core.protocol;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reader of amounts as they go over the wire: whole numbers of an asset's base units, in
 * decimal strings.
 */
public final class BaseUnits {

	/** The largest amount of a 64-bit asset has 19 digits, of a 128-bit one 39. */
	private static final Pattern FORM = Pattern.compile("[0-9]{1,39}");

	private BaseUnits() {
	}

	/**
	 * Read an amount that may be absent or anything.
	 * @param text the amount
	 * @return base units, or empty if it is no amount
	 */
	public static Optional<BigInteger> read(@Nullable String text) {
		return Optional.ofNullable(text).filter((amount) -> FORM.matcher(amount).matches()).map(BigInteger::new);
	}

	/**
	 * Read an amount that has to be there.
	 * @param text the amount
	 * @param name the member that holds it
	 * @return base units
	 * @throws MalformedMessageException if it is not a string of 1 to 39 digits
	 */
	public static BigInteger require(@Nullable String text, String name) {
		return read(text)
			.orElseThrow(() -> new MalformedMessageException("'" + name + "' must be a whole number of base units"));
	}

}
