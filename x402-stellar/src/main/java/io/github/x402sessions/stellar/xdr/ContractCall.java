package io.github.x402sessions.stellar.xdr;

import java.security.SecureRandom;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Address;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.HostFunction;
import org.stellar.sdk.xdr.HostFunctionType;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCSymbol;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAddressCredentials;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedFunction;
import org.stellar.sdk.xdr.SorobanAuthorizedFunctionType;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;
import org.stellar.sdk.xdr.SorobanCredentials;
import org.stellar.sdk.xdr.SorobanCredentialsType;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrString;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * An operation that calls one function of a contract. Its authorisation is that of the
 * operation's source and covers exactly this call: no sub-invocation, nothing that a
 * simulation proposed.
 */
public final class ContractCall {

	private static final SecureRandom RANDOM = new SecureRandom();

	private ContractCall() {
	}

	/**
	 * Build the operation.
	 * @param source who calls and authorises; absent for the transaction's source
	 */
	public static InvokeHostFunctionOperation operation(String contract, String function, @Nullable String source,
			SCVal... arguments) {
		InvokeContractArgs call = new InvokeContractArgs();
		call.setContractAddress(new Address(contract).toSCAddress());
		call.setFunctionName(new SCSymbol(new XdrString(function)));
		call.setArgs(arguments);
		HostFunction hostFunction = new HostFunction();
		hostFunction.setDiscriminant(HostFunctionType.HOST_FUNCTION_TYPE_INVOKE_CONTRACT);
		hostFunction.setInvokeContract(call);
		InvokeHostFunctionOperation operation = InvokeHostFunctionOperation.builder()
			.hostFunction(hostFunction)
			.auth(List.of(authorisation(call)))
			.build();
		if (source != null) {
			operation.setSourceAccount(source);
		}
		return operation;
	}

	/**
	 * Return the same operation, authorised by somebody else than its source.
	 * @param authoriser the address; it has yet to sign
	 * @param signedUntil the last ledger that takes the signature
	 */
	public static InvokeHostFunctionOperation authorisedBy(String authoriser, long signedUntil,
			InvokeHostFunctionOperation operation) {
		SorobanAddressCredentials address = new SorobanAddressCredentials();
		address.setAddress(new Address(authoriser).toSCAddress());
		address.setNonce(new Int64(RANDOM.nextLong()));
		address.setSignatureExpirationLedger(new Uint32(new XdrUnsignedInteger(signedUntil)));
		address.setSignature(Scv.toVoid());
		SorobanCredentials credentials = new SorobanCredentials();
		credentials.setDiscriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_ADDRESS);
		credentials.setAddress(address);
		SorobanAuthorizationEntry entry = authorisation(operation.getHostFunction().getInvokeContract());
		entry.setCredentials(credentials);
		return operation.toBuilder().auth(List.of(entry)).build();
	}

	/** Return the one authorisation that a call by an operation's source needs. */
	public static SorobanAuthorizationEntry authorisation(InvokeContractArgs call) {
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
