package io.github.x402sessions.devnet.contract;

import java.util.List;

import io.github.x402sessions.devnet.contract.asset.AssetContract;
import io.github.x402sessions.devnet.contract.asset.AssetDeployment;
import io.github.x402sessions.devnet.contract.asset.AssetInstance;
import io.github.x402sessions.devnet.contract.authorization.Authorizer;
import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.contract.runtime.DeployedContract;
import io.github.x402sessions.devnet.contract.runtime.EventLog;
import io.github.x402sessions.devnet.contract.runtime.FootprintPolicy;
import io.github.x402sessions.devnet.contract.runtime.Frame;
import io.github.x402sessions.devnet.contract.runtime.HostError;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.HostFunction;
import org.stellar.sdk.xdr.HostFunctionType;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCVal;

/**
 * Runs contract calls. The contracts here are Stellar Asset Contracts and scripted
 * accounts.
 */
public final class Host {

	/** The prefix of names that only the host itself may call. */
	private static final String RESERVED = "__";

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
		EventLog events = new EventLog();
		ContractStorage storage = new ContractStorage(this.draft, this.policy);
		try {
			return returned(deployment.run(storage, events), storage, events);
		}
		catch (HostException ex) {
			return failed(null, ex, events);
		}
	}

	private HostOutcome invoke(InvokeContractArgs call) {
		if (!Strkeys.isContract(Strkeys.of(call.getContractAddress()))) {
			return new HostOutcome.Failed(HostError.host(SCErrorType.SCE_VALUE, SCErrorCode.SCEC_INVALID_INPUT),
					List.of());
		}
		Frame frame = new Frame(call, new ContractStorage(this.draft, this.policy), new EventLog());
		DeployedContract contract;
		try {
			contract = enter(frame);
		}
		catch (HostException ex) {
			return failed(null, ex, frame.events());
		}
		try {
			SCVal value = run(contract, frame);
			this.authorizer.returned(frame);
			frame.events().returned(frame.contract(), frame.function(), value);
			return returned(value, frame.storage(), frame.events());
		}
		catch (HostException ex) {
			return failed(frame.contract(), ex, frame.events());
		}
	}

	/** Finds the contract; what goes wrong here goes wrong outside of any. */
	private DeployedContract enter(Frame frame) {
		this.authorizer.accept();
		if (frame.function().startsWith(RESERVED)) {
			throw new HostException(HostError.host(SCErrorType.SCE_CONTEXT, SCErrorCode.SCEC_INVALID_ACTION),
					"can't invoke a reserved function directly", Scv.toSymbol(frame.function()));
		}
		frame.events().called(null, frame.contract(), frame.function(), frame.arguments());
		return DeployedContract.read(frame.storage(), frame.contract());
	}

	private SCVal run(DeployedContract contract, Frame frame) {
		if (!contract.isAsset()) {
			throw new HostException(HostError.host(SCErrorType.SCE_WASM_VM, SCErrorCode.SCEC_MISSING_VALUE),
					"trying to invoke non-existent contract function", Scv.toSymbol(frame.function()));
		}
		return new AssetContract(AssetInstance.of(contract), frame, this.authorizer).run(this.rules.protocol());
	}

	private static HostOutcome returned(SCVal value, ContractStorage storage, EventLog events) {
		return new HostOutcome.Returned(value, events.published(), events.diagnostics(true),
				storage.meter().instructions());
	}

	private static HostOutcome failed(@Nullable String contract, HostException cause, EventLog events) {
		events.failed(contract, cause);
		return new HostOutcome.Failed(cause.error(), events.diagnostics(false));
	}

	/**
	 * The parameters of the network that contracts depend on besides the ledger.
	 *
	 * @param protocol the protocol version
	 * @param networkId the network's id, 32 bytes
	 */
	@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
	public record Rules(int protocol, byte[] networkId) {
	}

}
