package io.github.x402sessions.devnet.contract;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SorobanAddressCredentials;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;

/**
 * Accepts an address if the operation carries an unused entry for exactly this call. The
 * source account's signature on the transaction was checked before; other accounts sign
 * the entry itself.
 */
public final class EnforcingAuthorizer implements Authorizer {

	private final String source;

	private final List<Authorization> entries;

	private final List<Authorization> unused;

	private final byte[] networkId;

	private long instructions;

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
	public void require(String address, InvokeContractArgs call, ContractStorage storage) {
		for (Authorization given : this.unused) {
			SorobanAuthorizationEntry entry = given.entry();
			if (speaksFor(address, entry) && agrees(entry.getRootInvocation(), call)) {
				this.unused.remove(given);
				if (entry.getCredentials().getAddress() != null) {
					this.instructions += AddressCredentials.INSTRUCTIONS;
					new AddressCredentials(given, this.networkId).consume(storage);
				}
				return;
			}
		}
		throw HostException.unauthorized(address);
	}

	private static boolean agrees(SorobanAuthorizedInvocation agreed, InvokeContractArgs call) {
		return call.equals(agreed.getFunction().getContractFn());
	}

	private boolean speaksFor(String address, SorobanAuthorizationEntry entry) {
		SorobanAddressCredentials own = entry.getCredentials().getAddress();
		return (own != null) ? !Strkeys.isContract(address) && address.equals(Strkeys.of(own.getAddress()))
				: address.equals(this.source);
	}

	@Override
	public long instructions() {
		return this.instructions;
	}

	@Override
	public List<Authorization> entries() {
		return this.entries;
	}

}
