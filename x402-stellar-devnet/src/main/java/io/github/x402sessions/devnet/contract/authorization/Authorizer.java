package io.github.x402sessions.devnet.contract.authorization;

import java.util.List;

import io.github.x402sessions.devnet.contract.runtime.Frame;
import io.github.x402sessions.devnet.contract.runtime.HostException;

/**
 * Decides whether an address agreed to the running call, when a contract asks.
 */
public sealed interface Authorizer permits RecordingAuthorizer, EnforcingAuthorizer {

	/**
	 * Returns if the entries have the shape that they need before any contract runs.
	 * @throws HostException if one has not
	 */
	void accept();

	/**
	 * Returns if the address agreed to a call.
	 * @throws HostException if it did not
	 */
	void require(String address, Frame frame);

	/** The call has returned. */
	void returned(Frame frame);

	/** The authorization that the call needs or was given. */
	List<Authorization> entries();

}
