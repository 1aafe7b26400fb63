package io.github.x402sessions.facilitator.admin;

import java.time.Instant;
import java.util.List;

import io.github.x402sessions.facilitator.reconcile.OpenTransaction;
import io.github.x402sessions.facilitator.reconcile.OpenTransaction.ChainEvidence;
import io.github.x402sessions.facilitator.session.evidence.KeptEvidence;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import org.jspecify.annotations.Nullable;

/**
 * A transaction whose end the books do not know, with what there is to decide it by.
 *
 * @param hash its hash
 * @param status {@code OPEN}, or {@code OVER} if no ledger can apply it any more
 * @param writtenDown when it was written down, before it was sent
 * @param afterLedger the latest ledger then: it is in none before
 * @param payer who pays
 * @param recipient who is paid
 * @param asset the asset's contract
 * @param amount how much, base units
 * @param allowed what the payer allows now, base units; absent where he has signed the
 * transfer, which uses no allowance, and, as the next three, where the node says nothing
 * now
 * @param found what the node says: {@code SUCCESS}, {@code FAILED} or {@code NOT_FOUND}
 * @param oldestLedger the first ledger that the node remembers
 * @param latestLedger the last one
 * @param source the account that gives the transaction its sequence number
 * @param sequence that number
 * @param used the number that the account has used last; absent if there is no account,
 * or the node says nothing
 * @param evidence what payers have signed for what it carries
 */
record AdminTransaction(String hash, String status, Instant writtenDown, long afterLedger, String payer,
		String recipient, String asset, String amount, @Nullable String allowed, @Nullable String found,
		@Nullable Long oldestLedger, @Nullable Long latestLedger, String source, long sequence, @Nullable Long used,
		List<KeptEvidence> evidence) {

	static AdminTransaction of(OpenTransaction open, List<KeptEvidence> evidence) {
		OpenTransaction.Booked booked = open.booked();
		ChainEvidence chain = open.evidence();
		TransactionLookup found = (chain != null) ? chain.found() : null;
		return new AdminTransaction(booked.hash(), booked.status(), booked.writtenDown(), booked.ledger(),
				booked.transfer().from(), booked.transfer().to(), booked.transfer().asset(),
				booked.transfer().amount().toString(), (chain != null) ? chain.allowed() : null,
				(found != null) ? found.status().name() : null, (found != null) ? found.oldestLedger() : null,
				(found != null) ? found.latestLedger() : null, booked.source(), booked.sequence(),
				(chain != null) ? chain.used() : null, evidence);
	}

}
