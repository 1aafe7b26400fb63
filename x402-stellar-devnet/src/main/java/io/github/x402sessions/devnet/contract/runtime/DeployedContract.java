package io.github.x402sessions.devnet.contract.runtime;

import io.github.x402sessions.devnet.ledger.EntryKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractExecutableType;
import org.stellar.sdk.xdr.SCContractInstance;
import org.stellar.sdk.xdr.SCVal;

/**
 * A contract at its {@code C…} address: that of an asset or an account.
 *
 * @param address the address
 * @param instance its instance
 */
public record DeployedContract(String address, SCContractInstance instance) {

	/**
	 * Finds the contract behind an address.
	 * @throws HostException if there is none
	 */
	public static DeployedContract read(ContractStorage storage, String address) {
		SCVal instance = storage.readData(EntryKey.instance(address));
		if (instance == null) {
			throw HostException.missing("trying to get non-existing value for contract instance",
					Scv.toAddress(address));
		}
		return new DeployedContract(address, instance.getInstance());
	}

	/** Whether it is the contract of an asset; an account otherwise. */
	public boolean isAsset() {
		return this.instance.getExecutable()
			.getDiscriminant() == ContractExecutableType.CONTRACT_EXECUTABLE_STELLAR_ASSET;
	}

}
