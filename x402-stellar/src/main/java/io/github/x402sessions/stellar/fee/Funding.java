package io.github.x402sessions.stellar.fee;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.account.SigningPurpose;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transaction.Signing;
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

	private final FeePolicy fees;

	/**
	 * Create it.
	 * @param passphrase the network's passphrase
	 * @param fees says what to bid
	 */
	public Funding(String passphrase, FeePolicy fees) {
		this.network = new Network(passphrase);
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
	 * @param spender who pays
	 * @param opened what each new account begins with, stroops
	 * @param paid what each existing account gets, stroops
	 * @param sequence the sequence number of the spender
	 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
	 * @return the signed transaction, not sent
	 * @throws SigningException if there is no signature now
	 */
	public SignedTransaction sign(AccountSigner spender, Map<String, Long> opened, Map<String, Long> paid,
			long sequence, long maxTime) {
		TransactionBuilder builder = builder(spender, sequence, maxTime);
		opened.forEach((account, stroops) -> builder.addOperation(open(account, lumens(stroops))));
		paid.forEach((account, stroops) -> builder.addOperation(pay(account, lumens(stroops))));
		return signed(builder.build(), spender, sequence, maxTime);
	}

	/**
	 * Build and sign a transaction that closes accounts and gives the spender what they
	 * hold.
	 * @param spender who gets it
	 * @param accounts the accounts' keys, at most {@value #MOST_MERGED}
	 * @param sequence the sequence number of the spender
	 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
	 * @return the signed transaction, not sent
	 * @throws SigningException if there is no signature now
	 */
	public SignedTransaction merge(AccountSigner spender, List<? extends AccountSigner> accounts, long sequence,
			long maxTime) {
		TransactionBuilder builder = builder(spender, sequence, maxTime);
		accounts.forEach((account) -> builder.addOperation(
				new AccountMergeOperation.Builder(spender.address()).setSourceAccount(account.address()).build()));
		Transaction transaction = builder.build();
		accounts.forEach((account) -> Signing.sign(transaction, account, SigningPurpose.CHANNELS));
		return signed(transaction, spender, sequence, maxTime);
	}

	private TransactionBuilder builder(AccountSigner source, long sequence, long maxTime) {
		return new TransactionBuilder(new Account(source.address(), sequence - 1), this.network)
			.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, maxTime)).build())
			.setBaseFee(this.fees.bid());
	}

	private static SignedTransaction signed(Transaction transaction, AccountSigner source, long sequence,
			long maxTime) {
		Signing.sign(transaction, source, SigningPurpose.CHANNELS);
		return new SignedTransaction(transaction.hashHex(), transaction.toEnvelopeXdrBase64(), source.address(),
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
