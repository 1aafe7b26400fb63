package io.github.x402sessions.stellar.fee;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.stellar.sdk.Account;
import org.stellar.sdk.AccountMergeOperation;
import org.stellar.sdk.AssetTypeNative;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.Operation;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.TimeBounds;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;

/**
 * Gives lumens of the spender to accounts of its own, and takes them back. Thread-safe.
 */
public final class Funding {

	/** The most operations that a transaction holds. */
	public static final int LARGEST = 100;

	/** Each signs, and a transaction holds 20 signatures. */
	public static final int MOST_MERGED = 19;

	private static final int DECIMALS = 7;

	private final Network network;

	private final AccountKey spender;

	private final FeePolicy fees;

	/**
	 * Create it.
	 * @param passphrase the network's passphrase
	 * @param spender the key that pays
	 * @param fees says what to bid
	 */
	public Funding(String passphrase, AccountKey spender, FeePolicy fees) {
		this.network = new Network(passphrase);
		this.spender = spender;
		this.fees = fees;
	}

	/**
	 * Return what opening or paying an account costs at most.
	 * @return the fee, stroops
	 */
	public long feePerAccount() {
		return this.fees.bid();
	}

	/**
	 * Build and sign a transaction that opens accounts and pays to accounts.
	 * @param opened what each new account begins with, stroops
	 * @param paid what each existing account gets, stroops
	 * @param sequence the sequence number
	 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
	 * @return the signed transaction, not sent
	 */
	public SignedTransaction sign(Map<String, Long> opened, Map<String, Long> paid, long sequence, long maxTime) {
		TransactionBuilder builder = builder(sequence, maxTime);
		opened.forEach((account, stroops) -> builder.addOperation(open(account, lumens(stroops))));
		paid.forEach((account, stroops) -> builder.addOperation(pay(account, lumens(stroops))));
		return signed(builder.build(), sequence, maxTime);
	}

	/**
	 * Build and sign a transaction that closes accounts and gives the spender what they
	 * hold.
	 * @param accounts the accounts' keys, at most {@value #MOST_MERGED}
	 * @param sequence the sequence number
	 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
	 * @return the signed transaction, not sent
	 */
	public SignedTransaction merge(List<AccountKey> accounts, long sequence, long maxTime) {
		TransactionBuilder builder = builder(sequence, maxTime);
		accounts.forEach((account) -> builder.addOperation(
				new AccountMergeOperation.Builder(this.spender.address()).setSourceAccount(account.address()).build()));
		Transaction transaction = builder.build();
		accounts.forEach((account) -> account.sign(transaction));
		return signed(transaction, sequence, maxTime);
	}

	private TransactionBuilder builder(long sequence, long maxTime) {
		return new TransactionBuilder(new Account(this.spender.address(), sequence - 1), this.network)
			.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, maxTime)).build())
			.setBaseFee(this.fees.bid());
	}

	private SignedTransaction signed(Transaction transaction, long sequence, long maxTime) {
		this.spender.sign(transaction);
		return new SignedTransaction(transaction.hashHex(), transaction.toEnvelopeXdrBase64(), this.spender.address(),
				sequence, maxTime);
	}

	private static Operation open(String account, String lumens) {
		return new CreateAccountOperation.Builder(account, lumens).build();
	}

	private static Operation pay(String account, String lumens) {
		return new PaymentOperation.Builder(account, new AssetTypeNative(), lumens).build();
	}

	private static String lumens(long stroops) {
		return BigDecimal.valueOf(stroops, DECIMALS).toPlainString();
	}

}
