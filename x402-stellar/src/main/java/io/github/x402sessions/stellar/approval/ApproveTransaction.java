package io.github.x402sessions.stellar.approval;

import java.util.List;

import org.stellar.sdk.Account;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedFunction;
import org.stellar.sdk.xdr.SorobanAuthorizedFunctionType;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;
import org.stellar.sdk.xdr.SorobanCredentials;
import org.stellar.sdk.xdr.SorobanCredentialsType;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * Builds {@code approve(from, spender, amount, expiration_ledger)}. The authorization is
 * made here and covers this one call and nothing below it; what a simulation proposes is
 * never signed.
 *
 * @param terms what is allowed
 * @param expirationLedger the last ledger in which it can be spent
 * @param passphrase the network's passphrase
 * @param sequence the user's sequence number before this transaction
 * @param maxTime the last close time the network may take it at, epoch seconds
 */
public record ApproveTransaction(ApprovalTerms terms, long expirationLedger, String passphrase, long sequence,
		long maxTime) {

	/** To ask for the resources. */
	public Transaction unsimulated() {
		return builder(Transaction.MIN_BASE_FEE).build();
	}

	/**
	 * To sign.
	 * @param resources the resources it may use and their fee
	 * @param fee the most it may cost in all, stroops
	 */
	public Transaction with(SorobanTransactionData resources, long fee) {
		return builder(fee).setSorobanData(resources).build();
	}

	private TransactionBuilder builder(long fee) {
		Account user = new Account(this.terms.user(), this.sequence);
		return new TransactionBuilder(user, new Network(this.passphrase)).setBaseFee(fee)
			.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, this.maxTime)).build())
			.addOperation(approve());
	}

	private InvokeHostFunctionOperation approve() {
		List<SCVal> arguments = List.of(Scv.toAddress(this.terms.user()), Scv.toAddress(this.terms.spender()),
				Scv.toInt128(this.terms.amount()), Scv.toUint32(this.expirationLedger));
		InvokeHostFunctionOperation call = InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(this.terms.asset(), "approve", arguments)
			.build();
		return call.toBuilder().auth(List.of(authorization(call.getHostFunction().getInvokeContract()))).build();
	}

	private static SorobanAuthorizationEntry authorization(InvokeContractArgs call) {
		SorobanAuthorizedFunction function = new SorobanAuthorizedFunction();
		function.setDiscriminant(SorobanAuthorizedFunctionType.SOROBAN_AUTHORIZED_FUNCTION_TYPE_CONTRACT_FN);
		function.setContractFn(call);
		SorobanAuthorizedInvocation invocation = new SorobanAuthorizedInvocation();
		invocation.setFunction(function);
		invocation.setSubInvocations(new SorobanAuthorizedInvocation[0]);
		SorobanCredentials credentials = new SorobanCredentials();
		credentials.setDiscriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_SOURCE_ACCOUNT);
		SorobanAuthorizationEntry entry = new SorobanAuthorizationEntry();
		entry.setCredentials(credentials);
		entry.setRootInvocation(invocation);
		return entry;
	}

}
