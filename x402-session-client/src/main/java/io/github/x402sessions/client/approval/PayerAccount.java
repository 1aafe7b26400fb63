package io.github.x402sessions.client.approval;

import java.io.IOException;

import io.github.x402sessions.client.approval.rpc.LedgerEntries;
import io.github.x402sessions.client.approval.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.ChainException;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;

/**
 * Reads what a transaction must know of the account that sends it.
 */
final class PayerAccount {

	private PayerAccount() {
	}

	/** The sequence number of the account's last transaction. */
	static long sequence(StellarRpc rpc, String account) {
		try {
			LedgerEntries found = rpc.entry(key(account).toXdrBase64());
			if (found.entries().isEmpty()) {
				throw new ChainException("account " + account + " does not exist; it has to be funded with XLM first",
						null);
			}
			LedgerEntry.LedgerEntryData data = LedgerEntry.LedgerEntryData.fromXdrBase64(found.entries().get(0).xdr());
			return data.getAccount().getSeqNum().getSequenceNumber().getInt64();
		}
		catch (IOException ex) {
			throw new ChainException("account " + account + " cannot be read", ex);
		}
	}

	private static LedgerKey key(String account) {
		LedgerKey.LedgerKeyAccount id = new LedgerKey.LedgerKeyAccount();
		id.setAccountID(KeyPair.fromAccountId(account).getXdrAccountId());
		LedgerKey key = new LedgerKey();
		key.setDiscriminant(LedgerEntryType.ACCOUNT);
		key.setAccount(id);
		return key;
	}

}
