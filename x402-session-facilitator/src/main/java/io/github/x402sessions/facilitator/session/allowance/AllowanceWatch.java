package io.github.x402sessions.facilitator.session.allowance;

import java.math.BigInteger;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.github.x402sessions.facilitator.chain.TransferReadinessCache;
import io.github.x402sessions.facilitator.session.AllowanceReduction;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.stellar.balance.Allowance;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the sessions of an allowance against what the chain says of it. A payer may take
 * it back, lower it or let it end earlier at any time and tells nobody; what it no longer
 * carries ends in the books, and no later approve brings it back to life.
 * <p>
 * A node that lags ends nothing: only a ledger counts that has the latest approve of
 * these sessions. Nor does a payment of ours: what is reserved may have moved by then.
 * The books are read before the chain, and must not have changed since. Thread-safe.
 */
public final class AllowanceWatch {

	private static final Logger logger = LoggerFactory.getLogger(AllowanceWatch.class);

	private final SessionRules rules;

	private final SessionRepository store;

	private final LedgerState chain;

	private final TransferReadinessCache readiness;

	private final LedgerClock clock;

	private final BooleanSupplier doubted;

	/**
	 * Create a watch.
	 * @param rules tell when a session has ended
	 * @param store keeps the sessions
	 * @param chain reads allowances
	 * @param readiness knows them as of the latest ledger, without a question for each
	 * @param clock knows the height of the ledger
	 * @param doubted tells whether the books themselves are in doubt: then nothing ends
	 * by them
	 */
	public AllowanceWatch(SessionRules rules, SessionRepository store, LedgerState chain,
			TransferReadinessCache readiness, LedgerClock clock, BooleanSupplier doubted) {
		this.doubted = doubted;
		this.rules = rules;
		this.store = store;
		this.chain = chain;
		this.readiness = readiness;
		this.clock = clock;
	}

	/**
	 * Look whether a session is still carried, at the cost of at most one question in a
	 * ledger while it is.
	 * @param session the session
	 * @return the session as it stands after that
	 * @throws RpcException if the node does not say
	 */
	public Session look(Session session) {
		if (session.hasEnded() || session.remaining().signum() == 0
				|| this.rules.hasExpired(session.lastLedger(), this.clock.latest().sequence()) || isCarried(session)) {
			return session;
		}
		inspect(session.allowance(), session.approvedIn());
		return this.store.get(session.key());
	}

	private boolean isCarried(Session session) {
		Allowance allowance = this.readiness.latest(session.terms().spenderParties(), session.approvedIn()).allowance();
		return allowance.usable().compareTo(session.remaining()) >= 0 && allowance.liveUntil() >= session.lastLedger();
	}

	/**
	 * Hold the sessions of an allowance against the chain.
	 * @param key the allowance
	 * @param ledger a ledger that the node must have seen
	 * @return those that may still take of it, oldest approve first; {@code null} if the
	 * node lags, or books or chain are in motion: look again
	 * @throws RpcException if the node does not say
	 */
	public @Nullable List<Session> inspect(AllowanceKey key, long ledger) {
		List<Session> seen = entitled(key);
		if (seen.isEmpty()) {
			return seen;
		}
		Allowance allowance = this.chain.allowance(key.asset(), key.from(), key.spender());
		return (allowance.ledger() >= ledger && hold(key, seen, allowance)) ? entitled(key) : null;
	}

	/**
	 * Return the sessions that may still take of an allowance, by the books alone.
	 * @param key the allowance
	 * @return the sessions, oldest approve first
	 */
	public List<Session> entitled(AllowanceKey key) {
		return this.store.entitled(key, this.rules.network(), this.clock.latest().sequence());
	}

	/**
	 * Return whose spending a payer's sessions rest on, by the books alone.
	 * @param asset the asset's contract
	 * @param payer who pays
	 * @return the spenders of the sessions that may still take something
	 */
	public List<String> spenders(String asset, String payer) {
		return this.store.spenders(asset, payer, this.rules.network(), this.clock.latest().sequence());
	}

	/**
	 * Cut what is not carried, which only the latest ledger tells.
	 * @param seen the sessions as the books had them before the chain was asked
	 * @return whether the books are now as the chain has it; if not, look again
	 */
	boolean hold(AllowanceKey key, List<Session> seen, Allowance allowance) {
		if (this.doubted.getAsBoolean() || allowance.ledger() < this.clock.latest().sequence()
				|| seen.stream().anyMatch((session) -> session.approvedIn() > allowance.ledger())) {
			return false;
		}
		BigInteger carried = allowance.usable().add(Session.inMotion(seen));
		AllowanceReduction cuts = AllowanceReduction.of(seen, carried, allowance, SessionEnd.UNCOVERED);
		if (cuts.isNothing()) {
			return true;
		}
		boolean done = this.store.cut(key, this.rules.network(), seen, cuts, this.clock.latest().sequence());
		if (done) {
			logger.info("{} session(s) of {} ended and {} shortened: in ledger {} it allows {} of {} until ledger {}",
					cuts.ended().size(), key.from(), cuts.shortened().size(), allowance.ledger(), allowance.usable(),
					key.asset(), allowance.liveUntil());
		}
		return done;
	}

}
