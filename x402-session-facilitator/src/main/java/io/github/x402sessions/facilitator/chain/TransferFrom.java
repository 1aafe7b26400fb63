package io.github.x402sessions.facilitator.chain;

import java.util.List;

import org.stellar.sdk.Address;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.HostFunction;
import org.stellar.sdk.xdr.HostFunctionType;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCSymbol;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedFunction;
import org.stellar.sdk.xdr.SorobanAuthorizedFunctionType;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;
import org.stellar.sdk.xdr.SorobanCredentials;
import org.stellar.sdk.xdr.SorobanCredentialsType;
import org.stellar.sdk.xdr.XdrString;

/**
 * The operation that calls {@code transfer_from}. Its authorisation is built here and
 * covers exactly this call: no sub-invocation, nothing that a simulation proposed.
 */
final class TransferFrom {

	private TransferFrom() {
	}

	static InvokeHostFunctionOperation operation(Transfer transfer, String spender) {
		InvokeContractArgs call = new InvokeContractArgs();
		call.setContractAddress(new Address(transfer.asset()).toSCAddress());
		call.setFunctionName(new SCSymbol(new XdrString("transfer_from")));
		call.setArgs(new SCVal[] { Scv.toAddress(spender), Scv.toAddress(transfer.from()), Scv.toAddress(transfer.to()),
				Scv.toInt128(transfer.amount()) });
		HostFunction function = new HostFunction();
		function.setDiscriminant(HostFunctionType.HOST_FUNCTION_TYPE_INVOKE_CONTRACT);
		function.setInvokeContract(call);
		return InvokeHostFunctionOperation.builder()
			.hostFunction(function)
			.auth(List.of(authorisation(call)))
			.sourceAccount(spender)
			.build();
	}

	private static SorobanAuthorizationEntry authorisation(InvokeContractArgs call) {
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
