package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import org.stellar.sdk.Account;
import org.stellar.sdk.Address;
import org.stellar.sdk.Auth;
import org.stellar.sdk.FeeBumpTransaction;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Memo;
import org.stellar.sdk.Network;
import org.stellar.sdk.Operation;
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

/**
 * A payment of the exact scheme that any party may have had a hand in: as it is made it
 * is a valid one, signed with the network's own SDK.
 */
final class ForgedTransfer {

	private final Network network;

	final List<SCVal> arguments = new ArrayList<>();

	final List<SorobanAuthorizedInvocation> below = new ArrayList<>();

	final List<Operation> more = new ArrayList<>();

	final List<SorobanAuthorizationEntry> entries = new ArrayList<>();

	String source = KeyPair.random().getAccountId();

	String operationSource;

	String contract;

	String function = "transfer";

	KeyPair signer;

	long lastLedger;

	Memo memo;

	boolean signed = true;

	KeyPair bumper;

	ForgedTransfer(FacilitatorEnvironment environment, KeyPair payer, long amount) {
		this.network = new Network(environment.devnet.networkPassphrase());
		this.contract = environment.devnet.usdcContract();
		this.signer = payer;
		this.lastLedger = environment.devnet.latestLedger() + ExactTransfers.TIMEOUT_SECONDS / 5 - 20;
		this.arguments.add(Scv.toAddress(payer.getAccountId()));
		this.arguments.add(Scv.toAddress(environment.merchant.getAccountId()));
		this.arguments.add(Scv.toInt128(BigInteger.valueOf(amount)));
	}

	/** What the payer authorises: the call as it is now. */
	SorobanAuthorizedInvocation invocation() {
		InvokeContractArgs call = new InvokeContractArgs();
		call.setContractAddress(new Address(this.contract).toSCAddress());
		call.setFunctionName(Scv.toSymbol(this.function).getSym());
		call.setArgs(this.arguments.toArray(SCVal[]::new));
		SorobanAuthorizedFunction authorised = new SorobanAuthorizedFunction();
		authorised.setDiscriminant(SorobanAuthorizedFunctionType.SOROBAN_AUTHORIZED_FUNCTION_TYPE_CONTRACT_FN);
		authorised.setContractFn(call);
		SorobanAuthorizedInvocation root = new SorobanAuthorizedInvocation();
		root.setFunction(authorised);
		root.setSubInvocations(this.below.toArray(SorobanAuthorizedInvocation[]::new));
		return root;
	}

	SorobanAuthorizationEntry entry(KeyPair by) {
		return Auth.authorizeInvocation(by, this.lastLedger, invocation(), this.network);
	}

	/** An entry that says it is the transaction's source that authorises. */
	SorobanAuthorizationEntry entryOfTheSource() {
		SorobanCredentials credentials = new SorobanCredentials();
		credentials.setDiscriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_SOURCE_ACCOUNT);
		SorobanAuthorizationEntry entry = new SorobanAuthorizationEntry();
		entry.setCredentials(credentials);
		entry.setRootInvocation(invocation());
		return entry;
	}

	Operation operation() {
		return InvokeHostFunctionOperation
			.invokeContractFunctionOperationBuilder(this.contract, this.function, this.arguments)
			.sourceAccount(this.operationSource)
			.auth(this.entries)
			.build();
	}

	/** The transaction as it is sent, base64. */
	String transaction() {
		if (this.signed) {
			this.entries.add(0, entry(this.signer));
		}
		TransactionBuilder builder = new TransactionBuilder(new Account(this.source, 1L), this.network).setBaseFee(100)
			.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
			.addOperation(operation());
		this.more.forEach(builder::addOperation);
		if (this.memo != null) {
			builder.addMemo(this.memo);
		}
		Transaction built = builder.build();
		if (this.bumper == null) {
			return built.toEnvelopeXdrBase64();
		}
		return new FeeBumpTransaction.Builder(built).setBaseFee(1_000)
			.setFeeAccount(this.bumper.getAccountId())
			.build()
			.toEnvelopeXdrBase64();
	}

}
