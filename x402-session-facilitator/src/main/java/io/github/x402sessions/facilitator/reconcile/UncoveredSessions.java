package io.github.x402sessions.facilitator.reconcile;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.reconcile.RecordedSessions.Debt;
import io.github.x402sessions.stellar.balance.Allowance;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;

/**
 * Finds payers whose allowance is less than what their live sessions may still take. The
 * payer may have lowered it, which is their right, and loses the sessions by it; or the
 * books have lost payments, which {@link MissingTransfers} and
 * {@link UnrecordedSequences} prove and this does not. What is on its way may have been
 * taken. Thread-safe.
 */
public final class UncoveredSessions {

	/** As many ledger entries as a node gives in one answer. */
	private static final int AT_ONCE = 200;

	private final RecordedSessions sessions;

	private final LedgerState chain;

	/**
	 * Create it.
	 * @param sessions the sessions in the books
	 * @param chain reads allowances
	 */
	public UncoveredSessions(RecordedSessions sessions, LedgerState chain) {
		this.sessions = sessions;
		this.chain = chain;
	}

	/**
	 * Compare.
	 * @param ledger the latest ledger; sessions that ended before it take nothing
	 * @param findings hears of each payer
	 * @throws RpcException if the node does not say
	 */
	void find(long ledger, Consumer<Finding> findings) {
		List<Debt> debts = this.sessions.debtsAfter(new Debt("", "", "", BigInteger.ZERO), ledger, AT_ONCE);
		while (!debts.isEmpty()) {
			compare(debts, findings);
			debts = this.sessions.debtsAfter(debts.get(debts.size() - 1), ledger, AT_ONCE);
		}
	}

	private void compare(List<Debt> debts, Consumer<Finding> findings) {
		Map<AllowanceKey, Allowance> allowances = this.chain.allowances(debts.stream().map(Debt::allowance).toList());
		for (Debt debt : debts) {
			Allowance allowance = Objects.requireNonNull(allowances.get(debt.allowance()));
			if (!allowance.covers(debt.owed())) {
				findings.accept(Finding.note(debt.payer(), "allows " + allowance.usable()
						+ " on the chain; its live sessions may still take " + debt.owed()));
			}
		}
	}

}
