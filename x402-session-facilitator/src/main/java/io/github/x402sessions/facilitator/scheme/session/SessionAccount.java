package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionSums;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.stellar.balance.Allowance;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.balance.TransferFailure;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferMethod;
import org.jspecify.annotations.Nullable;

/**
 * A session as the account that settlements draw on. Thread-safe.
 *
 * @param session the session as it was read
 * @param signed what its payer has signed for the payment that draws on it; absent where
 * nothing was
 * @param sessions where it is kept
 * @param sums where its sums are kept
 * @param evidence where what was signed is kept
 * @param chain knows what its payer allows
 * @param spenders whom its payer may have allowed anything
 * @param method how it pays
 */
record SessionAccount(Session session, @Nullable PaymentEvidence signed, SessionRepository sessions, SessionSums sums,
		EvidenceRepository evidence, LedgerState chain, Spenders spenders,
		TransferMethod method) implements FundingSource {

	@Override
	public String key() {
		return this.session.key();
	}

	@Override
	public long openedIn() {
		return this.session.approvedIn();
	}

	@Override
	public boolean proven() {
		return this.session.proven();
	}

	@Override
	public FundingBalance balance() {
		return balance(this.session);
	}

	@Override
	public FundingBalance read() {
		return balance(this.sessions.get(key()));
	}

	static FundingBalance balance(Session session) {
		return new FundingBalance(session.terms().cap(), session.spent(), session.reserved());
	}

	/** Another node may commit what the payer has, though this one does not. */
	@Override
	public void lock() {
		this.sums.lock(SessionFunding.allowances(List.of(this.session.terms().parties()), this.spenders,
				this.session.terms().spender()));
	}

	@Override
	public void committed(String settlement) {
		keep(settlement);
	}

	@Override
	public boolean reserve(String settlement, BigInteger amount) {
		boolean reserved = this.sums.reserve(this.session, amount);
		if (reserved) {
			keep(settlement);
		}
		return reserved;
	}

	private void keep(String settlement) {
		if (this.signed != null) {
			this.evidence.keep(settlement, this.signed);
		}
		else if (this.session.terms().sessionKey() != null) {
			throw new IllegalStateException("a session with a key pays nothing that is not signed");
		}
	}

	/**
	 * Doubt a refusal, or end the session for want of allowance, but only where the
	 * ledger itself says so: a node that lags may simulate on a ledger before the
	 * approval.
	 */
	@Override
	public Optional<String> doubt(Transfer transfer, TransferFailure failure, long ledger) {
		if (failure != TransferFailure.ALLOWANCE) {
			return Optional.empty();
		}
		try {
			Allowance allowance = this.chain.allowance(transfer.asset(), transfer.from(),
					this.session.terms().spender());
			if (allowance.ledger() < Math.max(this.session.approvedIn(), ledger)
					|| allowance.covers(transfer.amount())) {
				return Optional.of("the Stellar RPC was behind the ledger");
			}
		}
		catch (RpcException ex) {
			return Optional.of("the Stellar RPC gives no usable answer");
		}
		this.sessions.end(key(), SessionEnd.UNCOVERED);
		return Optional.empty();
	}

}
