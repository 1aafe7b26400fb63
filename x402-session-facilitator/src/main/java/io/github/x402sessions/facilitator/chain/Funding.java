package io.github.x402sessions.facilitator.chain;

import java.math.BigDecimal;
import java.util.Map;

import org.stellar.sdk.Account;
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
 * Gives lumens of the spender to accounts of its own. Thread-safe.
 */
public final class Funding {

	/** The most operations that a transaction holds. */
	public static final int LARGEST = 100;

	private static final int DECIMALS = 7;

	private final Network network;

	private final SpenderKey spender;

	private final FeePolicy fees;

	/**
	 * Create it.
	 * @param passphrase the network's passphrase
	 * @param spender the key that pays
	 * @param fees says what to bid
	 */
	public Funding(String passphrase, SpenderKey spender, FeePolicy fees) {
		this.network = new Network(passphrase);
		this.spender = spender;
		this.fees = fees;
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
		TransactionBuilder builder = new TransactionBuilder(new Account(this.spender.address(), sequence - 1),
				this.network)
			.addPreconditions(TransactionPreconditions.builder().timeBounds(new TimeBounds(0, maxTime)).build())
			.setBaseFee(this.fees.bid());
		opened.forEach((account, stroops) -> builder.addOperation(open(account, lumens(stroops))));
		paid.forEach((account, stroops) -> builder.addOperation(pay(account, lumens(stroops))));
		Transaction transaction = builder.build();
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
