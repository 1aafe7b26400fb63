package io.github.x402sessions.stellar.xdr;

import java.util.LinkedHashMap;
import java.util.List;

import org.stellar.sdk.Address;
import org.stellar.sdk.Asset;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.TrustLineAsset;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;

/**
 * Names the ledger entries that a Stellar Asset Contract works with.
 */
public final class LedgerKeys {

	private LedgerKeys() {
	}

	public static LedgerKey account(String account) {
		LedgerKey.LedgerKeyAccount body = new LedgerKey.LedgerKeyAccount();
		body.setAccountID(KeyPair.fromAccountId(account).getXdrAccountId());
		LedgerKey key = new LedgerKey();
		key.setDiscriminant(LedgerEntryType.ACCOUNT);
		key.setAccount(body);
		return key;
	}

	public static LedgerKey trustline(String account, Asset asset) {
		LedgerKey.LedgerKeyTrustLine body = new LedgerKey.LedgerKeyTrustLine();
		body.setAccountID(KeyPair.fromAccountId(account).getXdrAccountId());
		body.setAsset(TrustLineAsset.create(asset).toXdr());
		LedgerKey key = new LedgerKey();
		key.setDiscriminant(LedgerEntryType.TRUSTLINE);
		key.setTrustLine(body);
		return key;
	}

	public static LedgerKey instance(String contract) {
		return contractData(contract, Scv.toLedgerKeyContractInstance(), ContractDataDurability.PERSISTENT);
	}

	/** The balance of a contract; accounts have theirs in the trustline. */
	public static LedgerKey balance(String contract, String owner) {
		return contractData(contract, Scv.toVec(List.of(Scv.toSymbol("Balance"), Scv.toAddress(owner))),
				ContractDataDurability.PERSISTENT);
	}

	public static LedgerKey allowance(String contract, String from, String spender) {
		LinkedHashMap<SCVal, SCVal> parties = new LinkedHashMap<>();
		parties.put(Scv.toSymbol("from"), Scv.toAddress(from));
		parties.put(Scv.toSymbol("spender"), Scv.toAddress(spender));
		return contractData(contract, Scv.toVec(List.of(Scv.toSymbol("Allowance"), Scv.toMap(parties))),
				ContractDataDurability.TEMPORARY);
	}

	/**
	 * What the ledger has of the use of an authorisation's nonce, until its last ledger.
	 */
	public static LedgerKey nonce(String address, long nonce) {
		return contractData(address, Scv.toLedgerKeyNonce(nonce), ContractDataDurability.TEMPORARY);
	}

	private static LedgerKey contractData(String contract, SCVal dataKey, ContractDataDurability durability) {
		LedgerKey.LedgerKeyContractData body = new LedgerKey.LedgerKeyContractData();
		body.setContract(new Address(contract).toSCAddress());
		body.setKey(dataKey);
		body.setDurability(durability);
		LedgerKey key = new LedgerKey();
		key.setDiscriminant(LedgerEntryType.CONTRACT_DATA);
		key.setContractData(body);
		return key;
	}

}
