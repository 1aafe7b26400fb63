package io.github.x402sessions.devnet.contract.runtime;

import java.util.List;

import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;

/**
 * A running call, with the storage and the event log that it works with.
 *
 * @param call the call
 * @param storage the ledger as the contract sees it
 * @param events what the call says
 */
public record Frame(InvokeContractArgs call, ContractStorage storage, EventLog events) {

	public String contract() {
		return Strkeys.of(this.call.getContractAddress());
	}

	public String function() {
		return this.call.getFunctionName().getSCSymbol().toString();
	}

	public List<SCVal> arguments() {
		return List.of(this.call.getArgs());
	}

}
