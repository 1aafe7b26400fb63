package io.github.x402sessions.facilitator.reconcile;

import java.time.Instant;

import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * A transaction whose end the books do not know, with what there is to decide it by.
 *
 * @param booked what the books say
 * @param evidence what the chain says; absent where the node says nothing now
 */
public record OpenTransaction(Booked booked, @Nullable ChainEvidence evidence) {

	/**
	 * Word of the chain about a transaction.
	 *
	 * @param found what the node says about it
	 * @param used the number that the account has used last; absent if there is no
	 * account
	 * @param allowed what the payer's allowance is now, base units; absent where he has
	 * signed the transfer, which uses none
	 */
	public record ChainEvidence(TransactionLookup found, @Nullable Long used, @Nullable String allowed) {
	}

	/**
	 * A transaction whose end the books do not know.
	 *
	 * @param hash its hash
	 * @param status {@code OPEN}, or {@code OVER} if no ledger can apply it any more
	 * @param writtenDown when it was written down, before it was sent
	 * @param transfer what it transfers
	 * @param source the account that gives its sequence number
	 * @param sequence that number
	 * @param ledger the latest ledger when it was signed: it is in none before
	 * @param spender who takes it from the payer's allowance; absent where the payer has
	 * signed the transfer
	 */
	public record Booked(String hash, String status, Instant writtenDown, Transfer transfer, String source,
			long sequence, long ledger, @Nullable String spender) {
	}

}
