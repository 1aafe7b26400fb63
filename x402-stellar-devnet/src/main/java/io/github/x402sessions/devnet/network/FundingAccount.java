package io.github.x402sessions.devnet.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import io.github.x402sessions.devnet.ledger.Trustline;
import io.github.x402sessions.devnet.network.state.Genesis;
import io.github.x402sessions.devnet.network.state.NetworkParameters;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;
import org.stellar.sdk.TransactionPreconditions;

/**
 * Gives away test money in the next ledger: lumens by ordinary transactions of the root
 * account, USDC by a direct change of the ledger. Not thread-safe: the network guards it.
 */
final class FundingAccount {

	/** Lumens of a new account, in stroops. */
	static final long STARTING_BALANCE = 100_000_000_000L;

	private static final String STARTING_LUMENS = "10000";

	private final NetworkParameters parameters;

	private final KeyPair root;

	private final List<Request<AppliedTransaction>> accounts = new ArrayList<>();

	private final List<Request<Trustline>> grants = new ArrayList<>();

	FundingAccount(NetworkParameters parameters) {
		this.parameters = parameters;
		this.root = Genesis.root(parameters);
	}

	CompletableFuture<AppliedTransaction> open(String account) {
		Request<AppliedTransaction> request = new Request<>(account, STARTING_BALANCE, new CompletableFuture<>());
		this.accounts.add(request);
		return request.answer();
	}

	CompletableFuture<Trustline> grant(String account, long amount) {
		Request<Trustline> request = new Request<>(account, amount, new CompletableFuture<>());
		this.grants.add(request);
		return request.answer();
	}

	/** The number of requests that are not given up. */
	int waiting() {
		return (int) Stream.concat(this.accounts.stream(), this.grants.stream())
			.filter((request) -> !request.answer().isDone())
			.count();
	}

	/**
	 * Writes the transactions of the accounts to be opened.
	 * @param sequence the first of their sequence numbers
	 * @param fee stroops that each pays for its place
	 */
	List<Opening> openings(long sequence, long fee) {
		List<Opening> openings = new ArrayList<>();
		for (Request<AppliedTransaction> request : this.accounts) {
			if (!request.answer().isDone()) {
				openings.add(new Opening(write(request.account(), sequence + openings.size(), fee), request.answer()));
			}
		}
		this.accounts.clear();
		return openings;
	}

	/** Pays the grants; run what it returns when the ledger is closed. */
	List<Runnable> pay(LedgerDraft draft) {
		List<Runnable> answers = new ArrayList<>();
		for (Request<Trustline> request : this.grants) {
			if (!request.answer().isDone()) {
				answers.add(pay(request, draft));
			}
		}
		this.grants.clear();
		return answers;
	}

	private Runnable pay(Request<Trustline> request, LedgerDraft draft) {
		try {
			Trustline line = pay(request.account(), request.amount(), draft);
			return () -> request.answer().complete(line);
		}
		catch (FundingException ex) {
			return () -> request.answer().completeExceptionally(ex);
		}
	}

	/**
	 * Pays USDC at once, through a trustline that is opened if it is missing.
	 * @throws FundingException if the account cannot take it
	 */
	Trustline pay(String account, long amount, LedgerDraft draft) {
		Account holder = draft.account(account);
		if (holder == null) {
			throw new FundingException("the account does not exist: fund it first");
		}
		if (account.equals(this.parameters.usdcIssuer())) {
			throw new FundingException("the account issues USDC itself");
		}
		Trustline line = draft.trustline(account, this.parameters.usdc().asset());
		if (line == null) {
			line = Trustline.opened(account, this.parameters.usdc().asset());
			draft.put(holder.withSubEntries(holder.subEntries() + 1));
		}
		if (line.limit() - line.balance() < amount) {
			throw new FundingException("the trustline cannot hold that much");
		}
		Trustline paid = line.withBalance(line.balance() + amount);
		draft.put(paid);
		return paid;
	}

	private TransactionFrame write(String account, long sequence, long fee) {
		Transaction transaction = new TransactionBuilder(
				new org.stellar.sdk.Account(this.root.getAccountId(), sequence),
				new Network(this.parameters.passphrase()))
			.addOperation(new CreateAccountOperation.Builder(account, STARTING_LUMENS).build())
			.setBaseFee(fee)
			.setTimeout(TransactionPreconditions.TIMEOUT_INFINITE)
			.build();
		transaction.sign(this.root);
		return TransactionFrame.parse(transaction.toEnvelopeXdrBase64(), this.parameters.rules());
	}

	/**
	 * An account to be opened.
	 *
	 * @param transaction the root account's transaction
	 * @param answer takes what became of it
	 */
	record Opening(TransactionFrame transaction, CompletableFuture<AppliedTransaction> answer) {
	}

	private record Request<T>(String account, long amount, CompletableFuture<T> answer) {
	}

}
