package io.github.x402sessions.stellar.transaction;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.stellar.xdr.CallEnvelope;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Address;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * A call of a token's function, such as {@code transfer} or {@code approve}, whose first
 * arguments are addresses and an amount.
 *
 * @param contract the token's contract
 * @param function the function's name
 * @param parties the addresses, in the order of the arguments
 * @param amount the amount, base units
 */
public record TokenCall(String contract, String function, List<String> parties, BigInteger amount) {

	/** Copy the list. */
	public TokenCall {
		parties = List.copyOf(parties);
	}

	/**
	 * Read the only call of a transaction, or of the one inside a fee bump.
	 * @param envelope the envelope's XDR, base64
	 * @return the call, or {@code null} if it is anything else
	 */
	public static @Nullable TokenCall of(String envelope) {
		return Xdr.read(envelope, (base64) -> {
			CallEnvelope read = CallEnvelope.of(base64);
			InvokeContractArgs call = (read != null) ? read.call() : null;
			return (call != null) ? of(call) : null;
		});
	}

	private static @Nullable TokenCall of(InvokeContractArgs call) {
		List<String> parties = new ArrayList<>();
		for (SCVal argument : call.getArgs()) {
			if (argument.getDiscriminant() == SCValType.SCV_I128) {
				return new TokenCall(Address.fromSCAddress(call.getContractAddress()).toString(),
						call.getFunctionName().getSCSymbol().toString(), parties, Scv.fromInt128(argument));
			}
			if (argument.getDiscriminant() != SCValType.SCV_ADDRESS) {
				return null;
			}
			parties.add(Scv.fromAddress(argument).toString());
		}
		return null;
	}

}
