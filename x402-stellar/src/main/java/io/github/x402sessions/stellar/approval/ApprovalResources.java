package io.github.x402sessions.stellar.approval;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.Simulation;
import org.stellar.sdk.Address;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerFootprint;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * The resources that an approval needs by its simulation, checked before it is signed: it
 * may touch nothing but the asset contract's own data and code, and its fee has a
 * ceiling.
 *
 * @param data the resources
 * @param fee the resource fee, stroops
 */
record ApprovalResources(SorobanTransactionData data, long fee) {

	/** 1 XLM; an allowance for half a year costs less than a twentieth of it. */
	private static final long MAX_FEE = 10_000_000;

	static ApprovalResources of(Simulation simulation, String asset) {
		if (simulation.error() != null) {
			throw new ChainException("the approval would fail: " + simulation.error().lines().findFirst().orElse(""),
					null);
		}
		return checked(decode(String.valueOf(simulation.transactionData())), asset);
	}

	static ApprovalResources checked(SorobanTransactionData data, String asset) {
		checkFootprint(data.getResources().getFootprint(), asset);
		return new ApprovalResources(data, checkFee(data.getResourceFee().getInt64()));
	}

	private static SorobanTransactionData decode(String xdr) {
		try {
			return SorobanTransactionData.fromXdrBase64(xdr);
		}
		catch (IOException | RuntimeException ex) {
			throw new ChainException("the simulation's resources cannot be read", ex);
		}
	}

	private static void checkFootprint(LedgerFootprint footprint, String asset) {
		boolean writesOwnData = Arrays.stream(footprint.getReadWrite()).allMatch((key) -> isDataOf(key, asset));
		boolean readsOwn = Stream.of(footprint.getReadOnly())
			.allMatch((key) -> isDataOf(key, asset) || key.getDiscriminant() == LedgerEntryType.CONTRACT_CODE);
		if (!writesOwnData || !readsOwn) {
			throw new ChainException("the simulated approval touches more than the asset's own data", null);
		}
	}

	private static boolean isDataOf(LedgerKey key, String contract) {
		return key.getDiscriminant() == LedgerEntryType.CONTRACT_DATA
				&& Address.fromSCAddress(key.getContractData().getContract()).toString().equals(contract);
	}

	private static long checkFee(long fee) {
		if (fee < 0 || fee > MAX_FEE) {
			throw new ChainException("the simulated approval has a resource fee of " + fee + " stroops where at most "
					+ MAX_FEE + " are expected", null);
		}
		return fee;
	}

}
