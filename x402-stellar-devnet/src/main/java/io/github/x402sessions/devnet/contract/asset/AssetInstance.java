package io.github.x402sessions.devnet.contract.asset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.contract.runtime.DeployedContract;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.ledger.ContractData;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Asset;
import org.stellar.sdk.AssetTypeCreditAlphaNum;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.ContractExecutable;
import org.stellar.sdk.xdr.ContractExecutableType;
import org.stellar.sdk.xdr.SCContractInstance;
import org.stellar.sdk.xdr.SCMap;
import org.stellar.sdk.xdr.SCMapEntry;
import org.stellar.sdk.xdr.SCVal;

/**
 * A deployed Stellar Asset Contract: the asset that it moves and its administrator, as
 * its instance entry says.
 *
 * @param contract the {@code C…} address
 * @param asset the classic asset behind it
 * @param admin who may mint, claw back and authorize; {@code null} for lumens
 */
public record AssetInstance(String contract, Asset asset, @Nullable String admin) {

	/** Decimals of every classic asset. */
	static final long DECIMALS = 7;

	/** The contract of an asset as it is deployed: the issuer rules it. */
	public static AssetInstance deployed(String contract, Asset asset) {
		return new AssetInstance(contract, asset,
				(asset instanceof AssetTypeCreditAlphaNum credit) ? credit.getIssuer() : null);
	}

	AssetInstance withAdmin(String admin) {
		return new AssetInstance(this.contract, this.asset, admin);
	}

	/** The account that issues the asset; {@code null} for lumens. */
	@Nullable String issuer() {
		return (this.asset instanceof AssetTypeCreditAlphaNum credit) ? credit.getIssuer() : null;
	}

	/** {@code native} or {@code CODE:ISSUER}. */
	String name() {
		return this.asset.toString();
	}

	String symbol() {
		return (this.asset instanceof AssetTypeCreditAlphaNum credit) ? credit.getCode() : "native";
	}

	/**
	 * Whether the issuer has a flag; lumens have no issuer.
	 * @throws HostException if the issuer does not exist
	 */
	boolean issuerHas(int flag, ContractStorage storage) {
		String issuer = issuer();
		return issuer != null && storage.account(issuer).authority().has(flag);
	}

	/** The asset contract that a deployed one is. */
	public static AssetInstance of(DeployedContract deployed) {
		SCMapEntry[] fields = deployed.instance().getStorage().getSCMap();
		byte[] name = Scv.fromString(fields[0].getVal().getMap().getSCMap()[1].getVal());
		String admin = (fields.length == 3) ? Scv.fromAddress(fields[1].getVal()).toString() : null;
		return new AssetInstance(deployed.address(), Asset.create(new String(name, StandardCharsets.UTF_8)), admin);
	}

	/** The entry that deploys the contract. */
	public ContractData toEntry() {
		return new ContractData(this.contract, Scv.toLedgerKeyContractInstance(), ContractDataDurability.PERSISTENT,
				Scv.toContractInstance(new SCContractInstance.Builder().executable(new ContractExecutable.Builder()
					.discriminant(ContractExecutableType.CONTRACT_EXECUTABLE_STELLAR_ASSET)
					.build()).storage(new SCMap(storage().toArray(SCMapEntry[]::new))).build()));
	}

	private List<SCMapEntry> storage() {
		LinkedHashMap<SCVal, SCVal> metadata = new LinkedHashMap<>();
		metadata.put(Scv.toSymbol("decimal"), Scv.toUint32(DECIMALS));
		metadata.put(Scv.toSymbol("name"), Scv.toString(name()));
		metadata.put(Scv.toSymbol("symbol"), Scv.toString(symbol()));
		SCMapEntry about = entry(Scv.toSymbol("METADATA"), Scv.toMap(metadata));
		if (!(this.asset instanceof AssetTypeCreditAlphaNum credit)) {
			return List.of(about, entry(tuple("AssetInfo"), tuple("Native")));
		}
		int width = (credit.getCode().length() <= 4) ? 4 : 12;
		LinkedHashMap<SCVal, SCVal> info = new LinkedHashMap<>();
		info.put(Scv.toSymbol("asset_code"),
				Scv.toString(Arrays.copyOf(credit.getCode().getBytes(StandardCharsets.US_ASCII), width)));
		info.put(Scv.toSymbol("issuer"), Scv.toBytes(StrKey.decodeEd25519PublicKey(credit.getIssuer())));
		return List.of(about,
				entry(tuple("Admin"), Scv.toAddress((this.admin != null) ? this.admin : credit.getIssuer())),
				entry(tuple("AssetInfo"), tuple("AlphaNum" + width, Scv.toMap(info))));
	}

	private static SCMapEntry entry(SCVal key, SCVal value) {
		return new SCMapEntry.Builder().key(key).val(value).build();
	}

	private static SCVal tuple(String tag, SCVal... rest) {
		return Scv.toVec(Stream.concat(Stream.of(Scv.toSymbol(tag)), Arrays.stream(rest)).toList());
	}

}
