package io.github.x402sessions.facilitator.reconcile;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.github.x402sessions.stellar.balance.Allowance;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds payers whose allowance is less than what their live sessions may still take. The
 * payer may have lowered it, which is their right, and loses the sessions by it; or the
 * books have lost payments, which {@link MissingTransfers} and {@link UnknownNumbers}
 * prove and this does not. What is on its way may have been taken. Thread-safe.
 */
public final class UncoveredSessions {

	/** As many ledger entries as a node gives in one answer. */
	private static final int AT_ONCE = 200;

	private final JdbcClient jdbc;

	private final LedgerState chain;

	/**
	 * Create it.
	 * @param jdbc the books
	 * @param chain reads allowances
	 */
	public UncoveredSessions(JdbcClient jdbc, LedgerState chain) {
		this.jdbc = jdbc;
		this.chain = chain;
	}

	/**
	 * Compare.
	 * @param ledger the latest ledger; sessions that ended before it take nothing
	 * @param findings hears of each payer
	 * @throws RpcException if the node does not say
	 */
	void find(long ledger, Consumer<Finding> findings) {
		List<Debt> debts = after(new Debt("", "", "", BigInteger.ZERO), ledger);
		while (!debts.isEmpty()) {
			compare(debts, findings);
			debts = after(debts.get(debts.size() - 1), ledger);
		}
	}

	private List<Debt> after(Debt last, long ledger) {
		return this.jdbc
			.sql("""
					select payer, spender, asset, sum(cap - spent - reserved) as owed from payment_session
					where (payer, spender, asset) > (:payer, :spender, :asset) and not superseded
					and expiration_ledger >= :ledger and (last_ledger is null or last_ledger >= :ledger)
					group by payer, spender, asset having sum(cap - spent - reserved) > 0 order by payer, spender, asset limit :count""")
			.param("payer", last.payer())
			.param("spender", last.spender())
			.param("asset", last.asset())
			.param("ledger", ledger)
			.param("count", AT_ONCE)
			.query((row, number) -> new Debt(row.getString("payer"), row.getString("spender"), row.getString("asset"),
					row.getBigDecimal("owed").toBigInteger()))
			.list();
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

	/**
	 * What sessions may still take.
	 *
	 * @param payer of whom
	 * @param spender who takes it
	 * @param asset of what
	 * @param owed how much, base units
	 */
	private record Debt(String payer, String spender, String asset, BigInteger owed) {

		AllowanceKey allowance() {
			return new AllowanceKey(this.asset, this.payer, this.spender);
		}

	}

}
