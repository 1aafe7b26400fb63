package io.github.x402sessions.devnet.contract;

import java.util.List;

import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;

/**
 * Answers a contract that asks whether an address agreed to the running call.
 */
public sealed interface Authorizer permits RecordingAuthorizer, EnforcingAuthorizer {

	/**
	 * Returns if the address agreed.
	 * @throws HostException if it did not
	 */
	void require(String address, InvokeContractArgs call);

	/** The authorization that the call needs or was given. */
	List<SorobanAuthorizationEntry> entries();

}
