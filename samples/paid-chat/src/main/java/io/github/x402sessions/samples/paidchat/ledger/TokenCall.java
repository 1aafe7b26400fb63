package io.github.x402sessions.samples.paidchat.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.stellar.sdk.Address;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.HostFunctionType;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;

/**
 * The one call of a transaction, where it is one of those that payments are made of.
 *
 * @param function its name
 * @param contract the token's contract
 * @param parties who is named in it
 * @param amount the amount in it, base units
 */
record TokenCall(String function, String contract, List<LedgerTransaction.Party> parties, BigInteger amount) {

	/** The arguments before the amount, which are addresses. */
	private static final Map<String, List<String>> ROLES = Map.of("approve", List.of("Allowed by", "Spender"),
			"transfer_from", List.of("Spender", "Paid by", "Paid to"), "transfer", List.of("Paid by", "Paid to"));

	static Optional<TokenCall> of(AbstractTransaction transaction) {
		Transaction inner = (transaction instanceof FeeBumpTransaction bump) ? bump.getInnerTransaction()
				: (Transaction) transaction;
		if (inner.getOperations().length == 1
				&& inner.getOperations()[0] instanceof InvokeHostFunctionOperation operation
				&& operation.getHostFunction()
					.getDiscriminant() == HostFunctionType.HOST_FUNCTION_TYPE_INVOKE_CONTRACT) {
			return of(operation.getHostFunction().getInvokeContract());
		}
		return Optional.empty();
	}

	private static Optional<TokenCall> of(InvokeContractArgs call) {
		String function = call.getFunctionName().getSCSymbol().toString();
		List<String> roles = ROLES.get(function);
		SCVal[] arguments = call.getArgs();
		if (roles == null || arguments.length <= roles.size()) {
			return Optional.empty();
		}
		List<LedgerTransaction.Party> parties = new ArrayList<>();
		for (int i = 0; i < roles.size(); i++) {
			parties.add(new LedgerTransaction.Party(roles.get(i), Scv.fromAddress(arguments[i]).toString()));
		}
		return Optional.of(new TokenCall(function, Address.fromSCAddress(call.getContractAddress()).toString(),
				List.copyOf(parties), Scv.fromInt128(arguments[roles.size()])));
	}

}
