package io.github.x402sessions.spring.deferral;

import java.math.BigInteger;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Sum that is owed to a recipient in an asset.
 *
 * @param account who is paid with what
 * @param open how many payments are committed and not confirmed yet
 * @param owed their sum, base units
 * @param oldest when the oldest of them was committed; {@code null} if there is none
 * @param defaulted the sum of those that their payers could not pay, base units
 */
public record OwedSum(PaidAccount account, long open, BigInteger owed, @Nullable Instant oldest, BigInteger defaulted) {

	static OwedSum none(PaidAccount account) {
		return new OwedSum(account, 0, BigInteger.ZERO, null, BigInteger.ZERO);
	}

}
