package io.github.x402sessions.devnet.contract.authorization;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.devnet.contract.runtime.Frame;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.contract.runtime.InstructionCost;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SorobanAddressCredentials;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;

/**
 * Accepts an address if the operation carries an unused entry for exactly this call. The
 * source account's signature on the transaction was checked before; other addresses sign
 * the entry itself.
 */
public final class EnforcingAuthorizer implements Authorizer {

	private final String source;

	private final List<Authorization> entries;

	private final List<Authorization> unused;

	private final byte[] networkId;

	/**
	 * Creates the authorizer of one operation.
	 * @param source the operation's source account
	 * @param entries the operation's authorization entries
	 * @param networkId the network for which they are signed
	 */
	public EnforcingAuthorizer(String source, List<Authorization> entries, byte[] networkId) {
		this.source = source;
		this.entries = List.copyOf(entries);
		this.networkId = networkId;
		this.unused = new ArrayList<>(entries);
	}

	@Override
	public void accept() {
		if (!this.entries.stream().allMatch((given) -> given.delegates().ordered())) {
			throw HostException.auth(SCErrorCode.SCEC_INVALID_INPUT,
					"delegates are not in the order of their addresses, each once");
		}
	}

	@Override
	public void require(String address, Frame frame) {
		for (Authorization given : this.unused) {
			SorobanAuthorizationEntry entry = given.entry();
			if (speaksFor(address, entry) && agrees(entry.getRootInvocation(), frame.call())) {
				this.unused.remove(given);
				if (entry.getCredentials().getAddress() != null) {
					new AddressCredentials(given, this.networkId).consume(frame);
				}
				return;
			}
		}
		throw HostException.unauthorized(address);
	}

	/** All entries cost, also unused ones. */
	@Override
	public void returned(Frame frame) {
		frame.storage().meter().charge(InstructionCost.ENTRY, this.entries.size());
	}

	private static boolean agrees(SorobanAuthorizedInvocation agreed, InvokeContractArgs call) {
		return call.equals(agreed.getFunction().getContractFn());
	}

	private boolean speaksFor(String address, SorobanAuthorizationEntry entry) {
		SorobanAddressCredentials own = entry.getCredentials().getAddress();
		return (own != null) ? address.equals(Strkeys.of(own.getAddress())) : address.equals(this.source);
	}

	@Override
	public List<Authorization> entries() {
		return this.entries;
	}

}
