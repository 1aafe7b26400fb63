package io.github.x402sessions.stellar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;

import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.stellar.sdk.Asset;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.TrustLineAsset;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.AccountEntry;
import org.stellar.sdk.xdr.ContractDataEntry;
import org.stellar.sdk.xdr.ContractExecutable;
import org.stellar.sdk.xdr.ContractExecutableType;
import org.stellar.sdk.xdr.ExtensionPoint;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCContractInstance;
import org.stellar.sdk.xdr.SCMap;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SequenceNumber;
import org.stellar.sdk.xdr.Signer;
import org.stellar.sdk.xdr.String32;
import org.stellar.sdk.xdr.Thresholds;
import org.stellar.sdk.xdr.TrustLineEntry;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrString;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * Writes the entries of a ledger that a node answers with.
 *
 * @param rpc the node
 */
public record FakeLedger(FakeStellarRpc rpc) {

	public static final Network NETWORK = Network.TESTNET;

	private static final long RESERVE = 10_000_000;

	/**
	 * Write the contract of an asset.
	 * @param name {@code CODE:ISSUER}
	 * @return its address
	 */
	public String token(String name) {
		try {
			String contract = Asset.create(name).getContractId(NETWORK);
			token(contract, name, ContractExecutableType.CONTRACT_EXECUTABLE_STELLAR_ASSET);
			return contract;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Write a contract that says it is an asset's. */
	public void token(String contract, String name, ContractExecutableType type) {
		ContractExecutable executable = new ContractExecutable();
		executable.setDiscriminant(type);
		executable.setWasm_hash(new Hash(new byte[32]));
		SCContractInstance instance = new SCContractInstance();
		instance.setExecutable(executable);
		SCVal metadata = map(Scv.toSymbol("METADATA"), map(Scv.toSymbol("name"), Scv.toString(name)));
		instance.setStorage(new SCMap(metadata.getMap().getSCMap()));
		contractData(LedgerKeys.instance(contract), Scv.toContractInstance(instance));
	}

	/** Write an allowance. */
	public void allowance(AllowanceKey key, long amount, long liveUntil) {
		contractData(LedgerKeys.allowance(key.asset(), key.from(), key.spender()), allowance(amount, liveUntil));
	}

	/** Return what the entry of an allowance says. */
	public static SCVal allowance(long amount, long liveUntil) {
		return map(Scv.toSymbol("amount"), Scv.toInt128(BigInteger.valueOf(amount)), Scv.toSymbol("live_until_ledger"),
				Scv.toUint32(liveUntil));
	}

	/** Write an account whose own key may do everything. */
	public void account(String address, long sequence) {
		account(address, sequence, 1, 0);
	}

	/**
	 * Write an account whose own key has a weight, which calls of contracts need or not.
	 */
	public void account(String address, long sequence, int masterWeight, int mediumThreshold) {
		account(address, 1, sequence, masterWeight, mediumThreshold);
	}

	/** Write an account that has lumens besides its reserve, in stroops. */
	public void funded(String address, long spendable) {
		account(address, RESERVE + spendable, 1, 1, 0);
	}

	private void account(String address, long balance, long sequence, int masterWeight, int mediumThreshold) {
		AccountEntry account = new AccountEntry();
		account.setAccountID(KeyPair.fromAccountId(address).getXdrAccountId());
		account.setBalance(new Int64(balance));
		account.setSeqNum(new SequenceNumber(new Int64(sequence)));
		account.setNumSubEntries(number(0));
		account.setFlags(number(0));
		account.setHomeDomain(new String32(new XdrString("")));
		account.setThresholds(new Thresholds(new byte[] { (byte) masterWeight, 0, (byte) mediumThreshold, 0 }));
		account.setSigners(new Signer[0]);
		account.setExt(new AccountEntry.AccountEntryExt());
		account.getExt().setDiscriminant(0);
		LedgerEntry.LedgerEntryData data = new LedgerEntry.LedgerEntryData();
		data.setDiscriminant(LedgerEntryType.ACCOUNT);
		data.setAccount(account);
		write(LedgerKeys.account(address), data);
	}

	/** Write what an account holds of an asset, with room for much more. */
	public void trustline(String holder, String asset, long balance, boolean authorised) {
		TrustLineEntry line = new TrustLineEntry();
		line.setAccountID(KeyPair.fromAccountId(holder).getXdrAccountId());
		line.setAsset(TrustLineAsset.create(Asset.create(asset)).toXdr());
		line.setBalance(new Int64(balance));
		line.setLimit(new Int64(Long.MAX_VALUE));
		line.setFlags(number(authorised ? 1 : 0));
		line.setExt(new TrustLineEntry.TrustLineEntryExt());
		line.getExt().setDiscriminant(0);
		LedgerEntry.LedgerEntryData data = new LedgerEntry.LedgerEntryData();
		data.setDiscriminant(LedgerEntryType.TRUSTLINE);
		data.setTrustLine(line);
		write(LedgerKeys.trustline(holder, Asset.create(asset)), data);
	}

	private void contractData(LedgerKey key, SCVal value) {
		write(key, data(key, value));
	}

	/** Return the entry of a contract's value. */
	public static LedgerEntry.LedgerEntryData data(LedgerKey key, SCVal value) {
		ContractDataEntry entry = new ContractDataEntry();
		entry.setExt(new ExtensionPoint());
		entry.getExt().setDiscriminant(0);
		entry.setContract(key.getContractData().getContract());
		entry.setKey(key.getContractData().getKey());
		entry.setDurability(key.getContractData().getDurability());
		entry.setVal(value);
		LedgerEntry.LedgerEntryData data = new LedgerEntry.LedgerEntryData();
		data.setDiscriminant(LedgerEntryType.CONTRACT_DATA);
		data.setContractData(entry);
		return data;
	}

	private void write(LedgerKey key, LedgerEntry.LedgerEntryData data) {
		try {
			this.rpc.entries.put(Xdr.write(key), data.toXdrBase64());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SCVal map(SCVal... keysAndValues) {
		LinkedHashMap<SCVal, SCVal> map = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			map.put(keysAndValues[i], keysAndValues[i + 1]);
		}
		return Scv.toMap(map);
	}

	private static Uint32 number(long value) {
		return new Uint32(new XdrUnsignedInteger(value));
	}

}
