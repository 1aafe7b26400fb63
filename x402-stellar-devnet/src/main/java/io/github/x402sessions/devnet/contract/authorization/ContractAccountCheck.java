package io.github.x402sessions.devnet.contract.authorization;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

import io.github.x402sessions.devnet.contract.runtime.DeployedContract;
import io.github.x402sessions.devnet.contract.runtime.EventLog;
import io.github.x402sessions.devnet.contract.runtime.Frame;
import io.github.x402sessions.devnet.contract.runtime.HostError;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;

/**
 * The {@code __check_auth} of a contract account. Errors have the numbers of Stellar's
 * example of an account contract, where that one has them.
 */
final class ContractAccountCheck {

	/** The function that the host alone calls. */
	private static final String CHECK_AUTH = "__check_auth";

	private static final int NOT_ENOUGH_SIGNERS = 1;

	private static final int BAD_SIGNATURE_ORDER = 3;

	private static final int UNKNOWN_SIGNER = 4;

	private static final int OVER_LIMIT = 6;

	private final DeployedContract contract;

	private final Frame caller;

	private ContractAccountCheck(DeployedContract contract, Frame caller) {
		this.contract = contract;
		this.caller = caller;
	}

	/**
	 * Prepares the check of an account.
	 * @param caller the call that asks for its consent
	 * @throws HostException if there is no such contract
	 */
	static ContractAccountCheck of(String address, Frame caller) {
		return new ContractAccountCheck(DeployedContract.read(caller.storage(), address), caller);
	}

	/**
	 * Returns if the account consents.
	 * @throws HostException if it does not; everything is said of it
	 */
	void run(byte[] payload, SCVal signatures, SorobanAuthorizedInvocation invocation) {
		String address = this.contract.address();
		List<InvokeContractArgs> calls = new ArrayList<>();
		collect(invocation, calls);
		EventLog events = this.caller.events();
		events.called(this.caller.contract(), address, CHECK_AUTH,
				List.of(Scv.toBytes(payload), signatures, Scv.toVec(calls.stream().map(this::context).toList())));
		try {
			if (this.contract.isAsset()) {
				throw HostException.unknownFunction(CHECK_AUTH);
			}
			ContractAccount account = ContractAccount.of(this.contract);
			checkSigners(account, payload, AccountSignature.listed(signatures));
			checkLimit(account, calls);
			events.returned(address, CHECK_AUTH, Scv.toVoid());
		}
		catch (HostException ex) {
			events.failed(address, ex);
			throw new HostException(ex.error(), null);
		}
	}

	private void checkSigners(ContractAccount account, byte[] payload, List<SCVal> given) {
		if (given.isEmpty()) {
			throw refused(NOT_ENOUGH_SIGNERS);
		}
		byte[] previous = {};
		for (SCVal value : given) {
			AccountSignature signature = AccountSignature.of(value);
			if (Arrays.compareUnsigned(previous, signature.key()) >= 0) {
				throw refused(BAD_SIGNATURE_ORDER);
			}
			if (!account.signers().contains(signature.signer())) {
				throw refused(UNKNOWN_SIGNER);
			}
			signature.verify(payload, this.caller.storage().meter());
			previous = signature.key();
		}
	}

	private static void checkLimit(ContractAccount account, List<InvokeContractArgs> calls) {
		BigInteger limit = account.spendingLimit();
		if (limit != null && calls.stream()
			.flatMap((call) -> Arrays.stream(call.getArgs()))
			.filter((argument) -> argument.getDiscriminant() == SCValType.SCV_I128)
			.anyMatch((amount) -> Scv.fromInt128(amount).compareTo(limit) > 0)) {
			throw refused(OVER_LIMIT);
		}
	}

	/** The host error for an error that the code of a contract returned. */
	private static HostException refused(int number) {
		return new HostException(new HostError.OfContract(number),
				"escalating Ok(ScErrorType::Contract) frame-exit to Err");
	}

	private static void collect(SorobanAuthorizedInvocation invocation, List<InvokeContractArgs> calls) {
		InvokeContractArgs call = invocation.getFunction().getContractFn();
		if (call != null) {
			calls.add(call);
		}
		for (SorobanAuthorizedInvocation inner : invocation.getSubInvocations()) {
			collect(inner, calls);
		}
	}

	private SCVal context(InvokeContractArgs call) {
		LinkedHashMap<SCVal, SCVal> fields = new LinkedHashMap<>();
		fields.put(Scv.toSymbol("args"), Scv.toVec(List.of(call.getArgs())));
		fields.put(Scv.toSymbol("contract"),
				new SCVal.Builder().discriminant(SCValType.SCV_ADDRESS).address(call.getContractAddress()).build());
		fields.put(Scv.toSymbol("fn_name"),
				new SCVal.Builder().discriminant(SCValType.SCV_SYMBOL).sym(call.getFunctionName()).build());
		return Scv.toVec(List.of(Scv.toSymbol("Contract"), Scv.toMap(fields)));
	}

}
