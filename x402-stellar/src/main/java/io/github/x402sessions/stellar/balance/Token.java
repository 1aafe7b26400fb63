package io.github.x402sessions.stellar.balance;

import java.nio.charset.StandardCharsets;

import io.github.x402sessions.stellar.xdr.ScMap;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Asset;
import org.stellar.sdk.Network;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractExecutableType;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.SCContractInstance;

/**
 * A contract that is proven to be the Stellar Asset Contract of a classic asset. Nothing
 * else may be given as an asset: any other contract could make the spender authorise
 * whatever it likes.
 *
 * @param contract the contract's address, {@code C…}
 * @param name the classic asset, {@code native} or {@code CODE:ISSUER}
 */
public record Token(String contract, String name) {

	/**
	 * Read the contract's instance entry. The node's word is not enough: the contract's
	 * address has to follow from the asset.
	 * @return the token, or {@code null} if the contract is anything else
	 */
	static @Nullable Token read(String contract, String instanceEntry, Network network) {
		return Xdr.read(instanceEntry, (base64) -> {
			SCContractInstance instance = Scv
				.fromContractInstance(LedgerEntry.LedgerEntryData.fromXdrBase64(base64).getContractData().getVal());
			if (instance.getExecutable()
				.getDiscriminant() != ContractExecutableType.CONTRACT_EXECUTABLE_STELLAR_ASSET) {
				return null;
			}
			Token token = new Token(contract, name(instance));
			return token.asset().getContractId(network).equals(contract) ? token : null;
		});
	}

	private static String name(SCContractInstance instance) {
		byte[] name = Scv.fromString(ScMap.get(ScMap.get(instance.getStorage(), "METADATA").getMap(), "name"));
		return new String(name, StandardCharsets.US_ASCII);
	}

	Asset asset() {
		return Asset.create(this.name);
	}

	boolean isNative() {
		return "native".equals(this.name);
	}

	/** Return the issuer's address, or {@code null} for the native asset. */
	public @Nullable String issuer() {
		return isNative() ? null : this.name.substring(this.name.indexOf(':') + 1);
	}

}
