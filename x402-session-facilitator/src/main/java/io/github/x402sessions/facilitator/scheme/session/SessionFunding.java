package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.deferred.CommitmentAccounts;
import io.github.x402sessions.facilitator.key.Spenders;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionSums;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.funding.SettlementFunding;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;

/**
 * The funding of settlements by sessions, at once or deferred: each pays its cap, and no
 * more. Thread-safe.
 */
public final class SessionFunding implements SettlementFunding, CommitmentAccounts {

	private final SessionRepository sessions;

	private final SessionSums sums;

	private final EvidenceRepository evidence;

	private final LedgerState chain;

	private final Spenders spenders;

	private final SpenderTransfers methods;

	/**
	 * Create it.
	 * @param sessions the sessions
	 * @param sums what they have spent and reserved
	 * @param evidence what payers have signed
	 * @param chain knows what payers allow
	 * @param spenders who may spend their allowances
	 * @param methods how they do
	 */
	public SessionFunding(SessionRepository sessions, SessionSums sums, EvidenceRepository evidence, LedgerState chain,
			Spenders spenders, SpenderTransfers methods) {
		this.sessions = sessions;
		this.sums = sums;
		this.evidence = evidence;
		this.chain = chain;
		this.spenders = spenders;
		this.methods = methods;
	}

	/**
	 * Return the account of a session.
	 * @param session the session as it was read
	 * @return the account
	 */
	public FundingSource account(Session session) {
		return account(session, null);
	}

	/**
	 * Return the account of a session for one payment.
	 * @param session the session as it was read
	 * @param signed what its payer has signed for the payment, kept with what is set
	 * aside; absent where the session has no key
	 * @return the account
	 */
	public FundingSource account(Session session, @Nullable PaymentEvidence signed) {
		return new SessionAccount(session, signed, this.sessions, this.sums, this.evidence, this.chain, this.spenders,
				this.methods.of(session.terms().spender()));
	}

	@Override
	public void lock(Collection<Parties> parties) {
		this.sums.lock(allowances(parties, this.spenders, null));
	}

	/**
	 * Return what payers may have allowed, whichever spender takes it: what they hold is
	 * the same for all.
	 * @param more another spender; absent if there is none
	 */
	static List<AllowanceKey> allowances(Collection<Parties> parties, Spenders spenders, @Nullable String more) {
		Set<String> all = new TreeSet<>(spenders.addresses());
		if (more != null) {
			all.add(more);
		}
		return parties.stream()
			.flatMap((one) -> all.stream().map((spender) -> new AllowanceKey(one.asset(), one.from(), spender)))
			.toList();
	}

	@Override
	public Map<String, FundingBalance> commit(Map<FundingSource, BigInteger> amounts) {
		return this.sums.commit(amounts);
	}

	@Override
	public void free(String account, BigInteger amount) {
		this.sums.free(account, amount);
	}

	@Override
	public void putInDefault(String account) {
		this.sessions.end(account, SessionEnd.DEFAULTED);
	}

	@Override
	public void release(String settlement) {
		this.sums.release(settlement);
	}

	@Override
	public void carryAll(String transaction) {
		this.sums.carry(transaction);
	}

	@Override
	public void releaseAll(String transaction) {
		this.sums.releaseAll(transaction, false);
	}

	@Override
	public void consumeAll(String transaction) {
		this.sums.releaseAll(transaction, true);
	}

	/** There is nothing beside the sums of sessions. */
	@Override
	public void lock(String transaction) {
	}

	@Override
	public void uncount(String transaction) {
	}

	@Override
	public void recount(String transaction) {
	}

	@Override
	public boolean mend(String account) {
		return this.sums.mend(account);
	}

}
