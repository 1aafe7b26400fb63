package io.github.x402sessions.devnet.contract;

import java.util.List;

import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.HostFunction;
import org.stellar.sdk.xdr.HostFunctionType;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCVal;

/**
 * Runs contract calls. The only contracts here are Stellar Asset Contracts.
 */
public final class Host {

	private final LedgerDraft draft;

	private final FootprintPolicy policy;

	private final Authorizer authorizer;

	/**
	 * Prepares one call.
	 * @param draft takes the changes; of no use any more when the call fails
	 * @param policy what the call may touch
	 * @param authorizer who agreed to it
	 */
	public Host(LedgerDraft draft, FootprintPolicy policy, Authorizer authorizer) {
		this.draft = draft;
		this.policy = policy;
		this.authorizer = authorizer;
	}

	/** Whether this network can run the function at all. */
	public static boolean supports(HostFunction function) {
		return function.getDiscriminant() == HostFunctionType.HOST_FUNCTION_TYPE_INVOKE_CONTRACT;
	}

	public HostOutcome invoke(InvokeContractArgs call) {
		String contract = Strkeys.of(call.getContractAddress());
		if (!Strkeys.isContract(contract)) {
			return new HostOutcome.Failed(HostError.host(SCErrorType.SCE_VALUE, SCErrorCode.SCEC_INVALID_INPUT),
					List.of());
		}
		EventLog events = new EventLog(contract);
		events.called(call);
		try {
			ContractStorage storage = new ContractStorage(this.draft, this.policy);
			AssetInstance asset = AssetInstance.read(storage, contract);
			AssetFunction function = function(call);
			SCVal value = new AssetContract(asset, storage, this.authorizer, events, call).run(function);
			events.returned(call, value);
			return new HostOutcome.Returned(value, events.published(), events.diagnostics(true),
					function.instructions() + this.authorizer.instructions());
		}
		catch (HostException ex) {
			events.failed(ex);
			return new HostOutcome.Failed(ex.error(), events.diagnostics(false));
		}
	}

	private static AssetFunction function(InvokeContractArgs call) {
		String name = call.getFunctionName().getSCSymbol().toString();
		AssetFunction function = AssetFunction.named(name);
		if (function == null) {
			throw dispatchError(SCErrorCode.SCEC_MISSING_VALUE, "function does not exist", name);
		}
		if (function.arity() != call.getArgs().length) {
			throw dispatchError(SCErrorCode.SCEC_UNEXPECTED_SIZE, "wrong number of args to func", name);
		}
		return function;
	}

	private static HostException dispatchError(SCErrorCode code, String message, String function) {
		return new HostException(HostError.host(SCErrorType.SCE_CONTEXT, code), message, Scv.toSymbol(function));
	}

}
