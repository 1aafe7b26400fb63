package io.github.x402sessions.stellar.approval;

import java.math.BigInteger;

import org.stellar.sdk.Address;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;

/**
 * A call of {@code approve} that the chain has applied.
 *
 * @param transaction the hash of the transaction that holds the call; for a fee-bumped
 * one that of the inner transaction, so that one approval never has two names
 * @param asset the contract that was called
 * @param from who lets spend
 * @param spender who may spend
 * @param amount how much, base units
 * @param liveUntil the last ledger in which it may be spent
 * @param ledger the ledger that applied it
 */
public record Approval(String transaction, String asset, String from, String spender, BigInteger amount, long liveUntil,
		long ledger) {

	private static final int ARGUMENTS = 4;

	/** Tell whether a call is one of {@code approve}. */
	static boolean isCalledBy(InvokeContractArgs call) {
		return "approve".equals(call.getFunctionName().getSCSymbol().toString()) && call.getArgs().length == ARGUMENTS;
	}

	/** Read the call's arguments; throws whatever the SDK throws if they are others. */
	static Approval read(String transaction, InvokeContractArgs call, long ledger) {
		SCVal[] arguments = call.getArgs();
		if (!isCalledBy(call)) {
			throw new IllegalArgumentException("the call is not an approve");
		}
		return new Approval(transaction, Address.fromSCAddress(call.getContractAddress()).toString(),
				Scv.fromAddress(arguments[0]).toString(), Scv.fromAddress(arguments[1]).toString(),
				Scv.fromInt128(arguments[2]), Scv.fromUint32(arguments[3]), ledger);
	}

}
