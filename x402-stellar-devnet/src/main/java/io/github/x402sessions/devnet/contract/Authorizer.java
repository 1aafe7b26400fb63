package io.github.x402sessions.devnet.contract;

import java.util.List;

import org.stellar.sdk.xdr.InvokeContractArgs;

/**
 * Answers a contract that asks whether an address agreed to the running call.
 */
public sealed interface Authorizer permits RecordingAuthorizer, EnforcingAuthorizer {

	/**
	 * Returns if the address agreed.
	 * @param storage knows the address's signers and the nonces used
	 * @throws HostException if it did not
	 */
	void require(String address, InvokeContractArgs call, ContractStorage storage);

	/** CPU instructions that the checks took, estimated. */
	long instructions();

	/** The authorization that the call needs or was given. */
	List<Authorization> entries();

}
