package io.github.x402sessions.devnet.contract.runtime;

import io.github.x402sessions.devnet.ledger.Entry;
import io.github.x402sessions.devnet.ledger.EntryKey;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a call and their CPU instructions. This is a model and not the host's own
 * metering, which counts every step inside of it: the figures are fitted to the counts of
 * soroban-env-host 27 for whole calls of asset contracts while it records a simulation,
 * and meet those within three per cent. In a ledger the host counts up to three per cent
 * less than while it records, here both are the same. Deployments and the code of
 * contract accounts were never measured.
 */
public enum InstructionCost {

	/** Entering the contract of an issued asset, without loading it, and leaving it. */
	CALL(226_200),

	/** Entering the contract of lumens, whose instance is smaller. */
	CALL_OF_LUMENS(192_800),

	ARGUMENT(17_000),

	/** Looking at an entry, and at the asset for the key of it. */
	ACCESS(2_450),

	LOAD_ACCOUNT(80_900), LOAD_TRUSTLINE(87_200), LOAD_DATA(162_100), LOAD_NOTHING(12_200),

	WRITE_CLASSIC(5_350), WRITE_DATA(43_850),

	/** Letting contract data live longer. */
	EXTEND(1_300),

	EVENT(5_900),

	/** An authorization entry, used or not. */
	ENTRY(53_100),

	/** A signature: what it signs, the check, and whose it is. */
	SIGNATURE(431_700),

	/** Deploying the contract of an asset. */
	DEPLOYMENT(400_000);

	private final long instructions;

	InstructionCost(long instructions) {
		this.instructions = instructions;
	}

	long instructions() {
		return this.instructions;
	}

	/** Reading an entry for the first time. */
	static InstructionCost loading(EntryKey key, @Nullable Entry found) {
		if (found == null) {
			return LOAD_NOTHING;
		}
		return switch (found.kind()) {
			case ACCOUNT -> LOAD_ACCOUNT;
			case TRUSTLINE, ACCOUNT_DATA -> LOAD_TRUSTLINE;
			case CONTRACT_DATA -> LOAD_DATA;
		};
	}

}
