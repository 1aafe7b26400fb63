package io.github.x402sessions.facilitator.reconcile;

import java.util.List;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.reconcile.OpenTransaction.ChainEvidence;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the transactions whose end the books do not know. Thread-safe.
 */
public final class OpenTransactions {

	private static final Logger logger = LoggerFactory.getLogger(OpenTransactions.class);

	/** After so many questions without an answer there are no more. */
	private static final int PATIENCE = 2;

	private final RecordedTransactions books;

	private final StellarRpc rpc;

	private final LedgerState chain;

	/**
	 * Create it.
	 * @param books the transactions in the books
	 * @param rpc the node to ask
	 * @param chain reads accounts and allowances
	 */
	public OpenTransactions(RecordedTransactions books, StellarRpc rpc, LedgerState chain) {
		this.books = books;
		this.rpc = rpc;
		this.chain = chain;
	}

	/**
	 * Show them, the oldest one first. Where the node says nothing of some, it is not
	 * asked about the rest.
	 * @param count how many at most: each takes three questions
	 * @param transactions hears of each
	 * @return how many there are
	 */
	public int show(int count, Consumer<OpenTransaction> transactions) {
		List<OpenTransaction.Booked> open = this.books.open();
		int silent = 0;
		for (OpenTransaction.Booked booked : open.subList(0, Math.min(count, open.size()))) {
			ChainEvidence evidence = (silent < PATIENCE) ? ask(booked) : null;
			silent = (evidence != null) ? 0 : silent + 1;
			transactions.accept(new OpenTransaction(booked, evidence));
		}
		return open.size();
	}

	private @Nullable ChainEvidence ask(OpenTransaction.Booked booked) {
		try {
			return evidence(booked);
		}
		catch (RpcException ex) {
			logger.warn("What the chain knows of transaction {} is not shown: {}", booked.hash(), ex.getMessage());
			return null;
		}
	}

	private ChainEvidence evidence(OpenTransaction.Booked booked) {
		Transfer transfer = booked.transfer();
		String spender = booked.spender();
		return new ChainEvidence(this.rpc.transaction(booked.hash()),
				this.chain.account(booked.source()).map(AccountState::sequence).orElse(null), (spender != null)
						? this.chain.allowance(transfer.asset(), transfer.from(), spender).amount().toString() : null);
	}

}
