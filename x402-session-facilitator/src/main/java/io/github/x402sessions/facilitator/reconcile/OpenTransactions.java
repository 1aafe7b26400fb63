package io.github.x402sessions.facilitator.reconcile;

import java.util.Objects;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * Shows the transactions whose end the books do not know. Thread-safe.
 */
public final class OpenTransactions {

	private final RecordedTransactions books;

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final Spenders spenders;

	/**
	 * Create it.
	 * @param books the transactions in the books
	 * @param rpc the node to ask
	 * @param chain reads accounts and allowances
	 * @param spenders knows the current spender
	 */
	public OpenTransactions(RecordedTransactions books, StellarRpc rpc, LedgerState chain, Spenders spenders) {
		this.books = books;
		this.rpc = rpc;
		this.chain = chain;
		this.spenders = spenders;
	}

	/**
	 * Show them, the oldest one first.
	 * @param transactions hears of each
	 * @throws RpcException if the node does not say what there is to decide by
	 */
	public void show(Consumer<OpenTransaction> transactions) {
		this.books.open().forEach((booked) -> transactions.accept(evidence(booked)));
	}

	private OpenTransaction evidence(OpenTransaction.Booked booked) {
		Transfer transfer = booked.transfer();
		String spender = Objects.requireNonNullElseGet(booked.spender(), this.spenders::address);
		return new OpenTransaction(booked, this.rpc.transaction(booked.hash()),
				this.chain.account(booked.source()).map(AccountState::sequence).orElse(null),
				this.chain.allowance(transfer.asset(), transfer.from(), spender).amount().toString());
	}

}
