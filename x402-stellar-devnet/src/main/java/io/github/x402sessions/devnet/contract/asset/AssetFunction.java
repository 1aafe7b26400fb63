package io.github.x402sessions.devnet.contract.asset;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The functions of a Stellar Asset Contract.
 */
enum AssetFunction {

	ALLOWANCE(2), APPROVE(4), TRANSFER(3), TRANSFER_FROM(4), BALANCE(1), AUTHORIZED(1), DECIMALS(0), NAME(0), SYMBOL(0),
	ADMIN(0), MINT(2), BURN(2), BURN_FROM(3), CLAWBACK(2), SET_AUTHORIZED(2), SET_ADMIN(1), TRUST(1), INIT_ASSET(1);

	/** The protocol that brought {@code trust}. */
	private static final int TRUST_SINCE = 26;

	private final int arity;

	AssetFunction(int arity) {
		this.arity = arity;
	}

	static @Nullable AssetFunction named(String name, int protocol) {
		for (AssetFunction function : values()) {
			if ((function != TRUST || protocol >= TRUST_SINCE) && function.symbol().equals(name)) {
				return function;
			}
		}
		return null;
	}

	/** The name as contracts spell it. */
	String symbol() {
		return name().toLowerCase(Locale.ROOT);
	}

	int arity() {
		return this.arity;
	}

	/** Whether a call keeps the contract alive. */
	boolean extendsInstance() {
		return switch (this) {
			case DECIMALS, NAME, SYMBOL, ADMIN, INIT_ASSET -> false;
			default -> true;
		};
	}

}
