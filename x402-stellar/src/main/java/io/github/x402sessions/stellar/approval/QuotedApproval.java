package io.github.x402sessions.stellar.approval;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;

import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.transaction.CallTransaction;
import io.github.x402sessions.stellar.xdr.Envelopes;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.xdr.SorobanTransactionData;

/**
 * Makes an approval of one that a facilitator proposes. What it proposes is not signed:
 * only the numbers that this machine cannot know without the chain are taken from it, and
 * the transaction is built anew, for the terms that were asked for.
 */
public final class QuotedApproval {

	/** 1 XLM for the place in the ledger, as for the resources. */
	private static final long MAX_FEE = 20_000_000;

	private static final Duration MAX_VALIDITY = Duration.ofHours(1);

	private QuotedApproval() {
	}

	/**
	 * Build the approval.
	 * @param envelope what the facilitator proposes, base64 XDR
	 * @param terms what is allowed
	 * @param quotedLedger the last ledger, by the facilitator's word
	 * @param network the network to sign for
	 * @return the transaction to sign
	 * @throws ChainException if the proposal is no transaction of the user's, has no end
	 * within the hour, or costs too much
	 */
	public static UnsignedApproval of(String envelope, ApprovalTerms terms, long quotedLedger, Network network) {
		Transaction proposed = read(envelope, network);
		SorobanTransactionData data = proposed.getSorobanData();
		require(proposed.getSourceAccount().equals(terms.user()), "is not one of the payer's");
		require(data != null && proposed.getFee() <= MAX_FEE, "has no resources or costs more than 2 XLM");
		require(quotedLedger > 0 && quotedLedger < 1L << 32, "has no last ledger");
		long expirationLedger = terms.lastLedger(quotedLedger);
		CallTransaction approve = terms.transaction(expirationLedger, proposed.getSequenceNumber() - 1,
				maxTime(proposed), network);
		ApprovalResources resources = ApprovalResources.checked(data, terms.asset());
		return new UnsignedApproval(approve.with(resources.data(), proposed.getFee()), expirationLedger);
	}

	private static Transaction read(String envelope, Network network) {
		try {
			return (Transaction) Envelopes.read(envelope, network.passphrase());
		}
		catch (IllegalArgumentException | ClassCastException ex) {
			throw new ChainException("the facilitator's transaction cannot be read", ex);
		}
	}

	/** The transaction must not wait to be sent for longer than the payer does. */
	private static long maxTime(Transaction proposed) {
		@Nullable BigInteger end = (proposed.getTimeBounds() != null) ? proposed.getTimeBounds().getMaxTime() : null;
		long latest = Clock.systemUTC().instant().plus(MAX_VALIDITY).getEpochSecond();
		require(end != null && end.signum() > 0 && end.compareTo(BigInteger.valueOf(latest)) <= 0,
				"could be sent for more than an hour");
		return (end != null) ? end.longValueExact() : 0;
	}

	private static void require(boolean condition, String problem) {
		if (!condition) {
			throw new ChainException("the facilitator's transaction " + problem, null);
		}
	}

}
