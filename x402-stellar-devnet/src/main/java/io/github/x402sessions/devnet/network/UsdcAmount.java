package io.github.x402sessions.devnet.network;

import java.math.BigDecimal;

/**
 * An amount of test USDC.
 *
 * @param baseUnits ten-millionths of a dollar, not negative
 */
public record UsdcAmount(long baseUnits) {

	/** Decimals of USDC on Stellar. */
	public static final int DECIMALS = 7;

	private static final int LONGEST_TEXT = 32;

	/**
	 * Reads a decimal.
	 * @throws IllegalArgumentException if it is none, negative, too fine or too large;
	 * the message continues a sentence that begins with the parameter's name
	 */
	public static UsdcAmount parse(String text) {
		if (text.length() > LONGEST_TEXT || !text.matches("[0-9]+(\\.[0-9]+)?")) {
			throw new IllegalArgumentException("must be a decimal such as 12.50");
		}
		return of(new BigDecimal(text));
	}

	/**
	 * Converts a decimal.
	 * @throws IllegalArgumentException as {@link #parse}
	 */
	public static UsdcAmount of(BigDecimal amount) {
		if (amount.signum() < 0) {
			throw new IllegalArgumentException("must not be negative");
		}
		try {
			return new UsdcAmount(amount.movePointRight(DECIMALS).longValueExact());
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException("must have at most " + DECIMALS + " decimals and fit 64 bits", ex);
		}
	}

	public BigDecimal toDecimal() {
		return BigDecimal.valueOf(this.baseUnits, DECIMALS);
	}

}
