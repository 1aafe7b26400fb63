package io.github.x402sessions.core.offer;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The result of an {@link OfferVerifier}.
 *
 * @param <T> what was signed
 * @param standing what is known of it
 * @param content what was signed; there only where it holds
 * @param why what is wrong or why that is not known, in words of our own; empty where it
 * holds
 */
public record SignatureFinding<T>(Standing standing, @Nullable T content, String why) {

	/** What is known of a signature. */
	public enum Standing {

		/** A key that speaks for the server has signed it. */
		HOLDS,

		/** It is not what it says it is. */
		WRONG,

		/** It is not known: its kind is another one, or its key could not be had. */
		UNVERIFIED

	}

	static <T> SignatureFinding<T> holds(T content) {
		return new SignatureFinding<>(Standing.HOLDS, Objects.requireNonNull(content), "");
	}

	static <T> SignatureFinding<T> wrong(String why) {
		return new SignatureFinding<>(Standing.WRONG, null, why);
	}

	static <T> SignatureFinding<T> unverified(String why) {
		return new SignatureFinding<>(Standing.UNVERIFIED, null, why);
	}

	/**
	 * Tell whether it holds.
	 * @return whether the content is what the server has signed
	 */
	public boolean holds() {
		return this.standing == Standing.HOLDS;
	}

}
