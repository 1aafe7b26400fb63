package io.github.x402sessions.facilitator.reconcile;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.chain.Allowance;
import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.rpc.RpcException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds payers whose allowance is less than what their live sessions may still take. The
 * payer may have lowered it, which is their right; or the books have lost payments.
 * Thread-safe.
 */
public final class UncoveredSessions {

	private static final int AT_ONCE = 500;

	private final JdbcClient jdbc;

	private final Chain chain;

	/**
	 * Create it.
	 * @param jdbc the books
	 * @param chain reads allowances
	 */
	public UncoveredSessions(JdbcClient jdbc, Chain chain) {
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
			debts.forEach((debt) -> compare(debt, findings));
			debts = after(debts.get(debts.size() - 1), ledger);
		}
	}

	private List<Debt> after(Debt last, long ledger) {
		return this.jdbc
			.sql("""
					select payer, spender, asset, sum(cap - spent) as owed from payment_session
					where (payer, spender, asset) > (:payer, :spender, :asset) and not superseded
					and expiration_ledger >= :ledger
					group by payer, spender, asset having sum(cap - spent) > 0 order by payer, spender, asset limit :count""")
			.param("payer", last.payer())
			.param("spender", last.spender())
			.param("asset", last.asset())
			.param("ledger", ledger)
			.param("count", AT_ONCE)
			.query((row, number) -> new Debt(row.getString("payer"), row.getString("spender"), row.getString("asset"),
					row.getBigDecimal("owed").toBigInteger()))
			.list();
	}

	private void compare(Debt debt, Consumer<Finding> findings) {
		Allowance allowance = this.chain.allowance(debt.asset(), debt.payer(), debt.spender());
		if (!allowance.covers(debt.owed())) {
			findings.accept(Finding.note(debt.payer(),
					"allows " + allowance.amount() + " on the chain; its live sessions may still take " + debt.owed()));
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
	}

}
