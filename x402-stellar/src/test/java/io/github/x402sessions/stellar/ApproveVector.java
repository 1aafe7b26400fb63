package io.github.x402sessions.stellar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;

import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.stellar.approval.ApprovalTerms;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.Xdr;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.LedgerEntry;

/**
 * An approval transaction with its bytes, computed with the JavaScript SDK.
 */
public record ApproveVector(String userSecret, String user, String spender, String recipient, String asset,
		String amount, String expirationLedger, String transactionData, String transferData, String envelope,
		String hash, String fee, String maxTime, String sequence, String accountEntry, String badSequence) {

	public static ApproveVector read() {
		try (InputStream json = ApproveVector.class.getResourceAsStream("/approve-vector.json")) {
			return WireJson.read(json.readAllBytes(), ApproveVector.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The key of the account's entry. */
	public String accountKey() {
		return Xdr.write(LedgerKeys.account(this.user));
	}

	/** The account after a ledger has applied a transaction of its next number. */
	public String usedAccountEntry() {
		try {
			LedgerEntry.LedgerEntryData data = LedgerEntry.LedgerEntryData.fromXdrBase64(this.accountEntry);
			Int64 number = data.getAccount().getSeqNum().getSequenceNumber();
			number.setInt64(number.getInt64() + 1);
			return data.toXdrBase64();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public ApprovalTerms terms() {
		return new ApprovalTerms(this.user, this.spender, this.asset, new BigInteger(this.amount), 1, 0);
	}

}
