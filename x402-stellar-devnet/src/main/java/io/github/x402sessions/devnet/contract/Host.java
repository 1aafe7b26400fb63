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

	private final Rules rules;

	/**
	 * Prepares one call.
	 * @param draft takes the changes; of no use any more when the call fails
	 * @param policy what the call may touch
	 * @param authorizer who agreed to it
	 * @param rules the network that it runs on
	 */
	public Host(LedgerDraft draft, FootprintPolicy policy, Authorizer authorizer, Rules rules) {
		this.draft = draft;
		this.policy = policy;
		this.authorizer = authorizer;
		this.rules = rules;
	}

	/** Whether this network can run the function at all. */
	public static boolean supports(HostFunction function) {
		return function.getDiscriminant() == HostFunctionType.HOST_FUNCTION_TYPE_INVOKE_CONTRACT
				|| AssetDeployment.isOne(function);
	}

	public HostOutcome run(HostFunction function) {
		return (function.getInvokeContract() != null) ? invoke(function.getInvokeContract())
				: deploy(new AssetDeployment(function.getCreateContract(), this.rules.networkId()));
	}

	private HostOutcome deploy(AssetDeployment deployment) {
		EventLog events = new EventLog(deployment.contract());
		try {
			return new HostOutcome.Returned(deployment.run(new ContractStorage(this.draft, this.policy)), List.of(),
					List.of(), AssetDeployment.INSTRUCTIONS);
		}
		catch (HostException ex) {
			events.failed(ex);
			return new HostOutcome.Failed(ex.error(), events.diagnostics(false));
		}
	}

	private HostOutcome invoke(InvokeContractArgs call) {
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
			AssetFunction function = function(call, this.rules.protocol());
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

	private static AssetFunction function(InvokeContractArgs call, int protocol) {
		String name = call.getFunctionName().getSCSymbol().toString();
		AssetFunction function = AssetFunction.named(name, protocol);
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

	/**
	 * What contracts depend on besides the ledger.
	 *
	 * @param protocol the protocol version
	 * @param networkId the network's id, 32 bytes
	 */
	@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
	public record Rules(int protocol, byte[] networkId) {
	}

}
