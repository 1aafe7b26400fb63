package io.github.x402sessions.devnet.contract;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractExecutableType;
import org.stellar.sdk.xdr.SCContractInstance;
import org.stellar.sdk.xdr.SCVal;

/**
 * What is found at a {@code C…} address: the contract of an asset or an account.
 *
 * @param address the address
 * @param instance its instance
 */
record Contract(String address, SCContractInstance instance) {

	/** What accounts that are contracts are asked by; nobody else may. */
	static final String CHECK_AUTH = "__check_auth";

	/**
	 * Finds the contract behind an address.
	 * @throws HostException if there is none
	 */
	static Contract read(ContractStorage storage, String address) {
		SCVal instance = storage.readData(AssetInstance.key(address));
		if (instance == null) {
			throw HostException.missing("trying to get non-existing value for contract instance",
					Scv.toAddress(address));
		}
		return new Contract(address, instance.getInstance());
	}

	/** The account it is, or {@code null}. */
	@Nullable ContractAccount account() {
		return isAsset() ? null : ContractAccount.of(this.address, this.instance);
	}

	/** The asset it is the contract of, or {@code null}. */
	@Nullable AssetInstance asset() {
		return isAsset() ? AssetInstance.of(this.address, this.instance) : null;
	}

	private boolean isAsset() {
		return this.instance.getExecutable()
			.getDiscriminant() == ContractExecutableType.CONTRACT_EXECUTABLE_STELLAR_ASSET;
	}

}
