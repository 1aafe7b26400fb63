package io.github.x402sessions.devnet.contract;

import java.util.ArrayList;
import java.util.List;

import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanCredentialsType;

/**
 * Accepts an address if the operation carries an unused entry for exactly this call. Only
 * the source account's credentials count; its signature on the transaction was checked
 * before.
 */
public final class EnforcingAuthorizer implements Authorizer {

	private final String source;

	private final List<SorobanAuthorizationEntry> entries;

	private final List<SorobanAuthorizationEntry> unused;

	/**
	 * Creates the authorizer of one operation.
	 * @param source the operation's source account
	 * @param entries the operation's authorization entries
	 */
	public EnforcingAuthorizer(String source, List<SorobanAuthorizationEntry> entries) {
		this.source = source;
		this.entries = List.copyOf(entries);
		this.unused = new ArrayList<>(entries);
	}

	@Override
	public void require(String address, InvokeContractArgs call) {
		for (SorobanAuthorizationEntry entry : this.unused) {
			if (speaksFor(address, entry) && call.equals(entry.getRootInvocation().getFunction().getContractFn())) {
				this.unused.remove(entry);
				return;
			}
		}
		throw HostException.unauthorized(address);
	}

	private boolean speaksFor(String address, SorobanAuthorizationEntry entry) {
		return address.equals(this.source) && entry.getCredentials()
			.getDiscriminant() == SorobanCredentialsType.SOROBAN_CREDENTIALS_SOURCE_ACCOUNT;
	}

	@Override
	public List<SorobanAuthorizationEntry> entries() {
		return this.entries;
	}

}
