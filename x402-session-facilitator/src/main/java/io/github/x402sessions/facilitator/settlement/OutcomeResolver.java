package io.github.x402sessions.facilitator.settlement;

import java.util.Objects;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.stellar.balance.Allowance;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.Transfers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Says what the end of a settlement means for its caller and its session. Thread-safe.
 */
public final class OutcomeResolver {

	private static final Logger logger = LoggerFactory.getLogger(OutcomeResolver.class);

	private final SettlementRepository books;

	private final SessionRepository sessions;

	private final LedgerState chain;

	private final Transfers transfers;

	/**
	 * Create the endings.
	 * @param books where settlements are written
	 * @param sessions where sessions are kept
	 * @param chain knows what payers allow
	 * @param transfers knows why the chain refuses
	 */
	public OutcomeResolver(SettlementRepository books, SessionRepository sessions, LedgerState chain,
			Transfers transfers) {
		this.books = books;
		this.sessions = sessions;
		this.chain = chain;
		this.transfers = transfers;
	}

	/**
	 * Say what an outcome comes to.
	 * @return it, or {@code null} if the same payment may do better and there is time
	 */
	@Nullable SettlementResult result(Session session, Transfer transfer, String hash, Outcome outcome, boolean timeLeft) {
		return switch (outcome.status()) {
			case CONFIRMED ->
				new SettlementResult.Settled(hash, after(session, transfer), false, carriedBy(hash), null);
			case FAILED -> {
				TransferFailure failure = diagnose(transfer);
				yield (failure == null && timeLeft) ? null
						: refused(session, transfer, (failure != null) ? failure : TransferFailure.OTHER,
								Objects.requireNonNullElse(outcome.ledger(), 0L));
			}
			case DEAD ->
				timeLeft ? null : new SettlementResult.NotSent("the network did not take the transaction in time");
		};
	}

	/** The money has moved; a database that is busy now must not hide that. */
	private Session after(Session session, Transfer transfer) {
		try {
			return this.sessions.get(session.key());
		}
		catch (DataAccessException ex) {
			logger.warn("A session cannot be read after its payment", ex);
			return session.paid(transfer.amount());
		}
	}

	private int carriedBy(String hash) {
		try {
			return this.books.carriedBy(hash);
		}
		catch (DataAccessException ex) {
			return 1;
		}
	}

	/**
	 * Return {@code null} if the transfer would do now: only its resources were wrong.
	 */
	private @Nullable TransferFailure diagnose(Transfer transfer) {
		try {
			return this.transfers.diagnose(transfer);
		}
		catch (RpcException ex) {
			return TransferFailure.OTHER;
		}
	}

	/**
	 * Refuse a transfer. For want of allowance its session ends, but only where the
	 * ledger itself says so: a node that lags may simulate on a ledger before the
	 * approve.
	 * @param ledger the ledger that the transfer failed in; 0 if in none
	 */
	SettlementResult refused(Session session, Transfer transfer, TransferFailure failure, long ledger) {
		logger.warn("A transfer from {} was refused: {}", transfer.from(), failure.sentence());
		if (failure != TransferFailure.ALLOWANCE) {
			return new SettlementResult.Refused(failure);
		}
		try {
			Allowance allowance = this.chain.allowance(transfer.asset(), transfer.from(), session.terms().spender());
			if (allowance.ledger() < Math.max(session.approvedIn(), ledger) || allowance.covers(transfer.amount())) {
				return new SettlementResult.NotSent("the Stellar RPC was behind the ledger");
			}
		}
		catch (RpcException ex) {
			return new SettlementResult.NotSent("the Stellar RPC gives no usable answer");
		}
		this.sessions.end(session.key(), SessionEnd.UNCOVERED);
		return new SettlementResult.Refused(failure);
	}

}
