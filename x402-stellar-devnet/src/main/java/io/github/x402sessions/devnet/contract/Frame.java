package io.github.x402sessions.devnet.contract;

import java.util.List;

import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;

/**
 * A running call: what was asked of which contract, and what it works with.
 *
 * @param call the call
 * @param storage the ledger as the contract sees it
 * @param events what the call says
 */
record Frame(InvokeContractArgs call, ContractStorage storage, EventLog events) {

	String contract() {
		return Strkeys.of(this.call.getContractAddress());
	}

	String function() {
		return this.call.getFunctionName().getSCSymbol().toString();
	}

	List<SCVal> arguments() {
		return List.of(this.call.getArgs());
	}

}
