package io.github.x402sessions.devnet.contract;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The functions of a Stellar Asset Contract that this network runs. Their instructions
 * are estimates, since no real host runs here.
 */
enum AssetFunction {

	ALLOWANCE(2, 90_000), APPROVE(4, 190_000), TRANSFER(3, 200_000), TRANSFER_FROM(4, 250_000), BALANCE(1, 90_000),
	AUTHORIZED(1, 90_000), DECIMALS(0, 90_000), NAME(0, 90_000), SYMBOL(0, 90_000), ADMIN(0, 90_000), MINT(2, 170_000),
	BURN(2, 170_000), BURN_FROM(3, 220_000), CLAWBACK(2, 170_000), SET_AUTHORIZED(2, 170_000), SET_ADMIN(1, 170_000),
	TRUST(1, 170_000);

	/** The protocol that brought {@code trust}. */
	private static final int TRUST_SINCE = 26;

	private final int arity;

	private final long instructions;

	AssetFunction(int arity, long instructions) {
		this.arity = arity;
		this.instructions = instructions;
	}

	static @Nullable AssetFunction named(String name, int protocol) {
		for (AssetFunction function : values()) {
			if ((function != TRUST || protocol >= TRUST_SINCE)
					&& function.name().toLowerCase(Locale.ROOT).equals(name)) {
				return function;
			}
		}
		return null;
	}

	int arity() {
		return this.arity;
	}

	long instructions() {
		return this.instructions;
	}

	/** Whether a call keeps the contract alive. */
	boolean extendsInstance() {
		return this != DECIMALS && this != NAME && this != SYMBOL && this != ADMIN;
	}

}
