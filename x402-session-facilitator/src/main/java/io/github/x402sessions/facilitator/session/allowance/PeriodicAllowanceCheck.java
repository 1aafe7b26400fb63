package io.github.x402sessions.facilitator.session.allowance;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionRules;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Holds all sessions that live against the chain, one page of allowances after the other
 * and one question to the node for each, in a thread of its own: so a session whose
 * allowance is taken back ends though nobody asks for it.
 */
final class PeriodicAllowanceCheck implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PeriodicAllowanceCheck.class);

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	/** As many ledger entries as a node gives in one answer. */
	private static final int AT_ONCE = 200;

	private final SessionRules rules;

	private final SessionRepository store;

	private final AllowanceWatch watch;

	private final LedgerState chain;

	private final LedgerClock clock;

	/** Where the next page of a spender begins; used by the one thread of the rounds. */
	private final Map<String, AllowanceKey> last = new HashMap<>();

	private final PeriodicTask rounds = PeriodicTask.every("x402-allowances", INTERVAL, this::round);

	/**
	 * Create the rounds.
	 * @param rules name the spenders
	 * @param store keeps the sessions
	 * @param watch ends what is not carried
	 * @param chain reads allowances
	 * @param clock knows the height of the ledger
	 */
	public PeriodicAllowanceCheck(SessionRules rules, SessionRepository store, AllowanceWatch watch, LedgerState chain,
			LedgerClock clock) {
		this.rules = rules;
		this.store = store;
		this.watch = watch;
		this.chain = chain;
		this.clock = clock;
	}

	/** Begin. */
	public void start() {
		this.rounds.start(INTERVAL);
	}

	/** A page that fails is passed by, so that the others have their turn. */
	private void round() {
		this.rules.spenders().addresses().forEach(this::round);
	}

	private void round(String spender) {
		try {
			List<AllowanceKey> page = this.store.allowances(spender, this.last.get(spender), AT_ONCE,
					this.clock.latest().sequence());
			this.last.remove(spender);
			if (page.size() == AT_ONCE) {
				this.last.put(spender, page.get(page.size() - 1));
			}
			hold(page);
		}
		catch (RpcException | DataAccessException ex) {
			logger.warn("Sessions cannot be held against the chain now: {}", ex.getMessage());
		}
	}

	private void hold(List<AllowanceKey> page) {
		Map<AllowanceKey, List<Session>> seen = new LinkedHashMap<>();
		page.forEach((key) -> seen.put(key, this.watch.entitled(key)));
		if (!page.isEmpty()) {
			this.chain.allowances(page)
				.forEach((key, allowance) -> this.watch.hold(key, seen.getOrDefault(key, List.of()), allowance));
		}
	}

	@Override
	public void close() {
		this.rounds.close();
	}

}
