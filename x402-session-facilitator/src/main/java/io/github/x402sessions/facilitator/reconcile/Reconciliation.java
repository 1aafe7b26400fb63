package io.github.x402sessions.facilitator.reconcile;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.facilitator.chain.Allowance;
import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.Transfer;
import io.github.x402sessions.facilitator.chain.TransferReader;
import io.github.x402sessions.facilitator.rpc.RpcException;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import io.github.x402sessions.facilitator.rpc.TransactionLookup;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares the books with the chain, and each session's sums with its settlements. It
 * changes nothing and may run beside a facilitator. Thread-safe.
 */
public final class Reconciliation {

	private final JdbcClient jdbc;

	private final StellarRpc rpc;

	private final Chain chain;

	private final TransferReader reader;

	/**
	 * Create a reconciliation.
	 * @param jdbc the books
	 * @param rpc the node to ask
	 * @param chain reads allowances
	 * @param reader reads what transactions transfer
	 */
	public Reconciliation(JdbcClient jdbc, StellarRpc rpc, Chain chain, TransferReader reader) {
		this.jdbc = jdbc;
		this.rpc = rpc;
		this.chain = chain;
		this.reader = reader;
	}

	/**
	 * Compare.
	 * @return what was found; without a difference, books and chain agree
	 * @throws RpcException if the node does not say what has to be known
	 */
	public List<Finding> run() {
		List<Finding> findings = new ArrayList<>(sums());
		for (BookedTransaction transaction : transactions()) {
			TransactionLookup found = this.rpc.transaction(transaction.hash());
			String envelope = found.envelope();
			Finding finding = transaction.compare(found, (envelope != null) ? this.reader.read(envelope) : null);
			if (finding != null) {
				findings.add(finding);
			}
		}
		findings.addAll(allowances());
		return findings;
	}

	/** A session's sums are those of its settlements, read as of one moment. */
	private List<Finding> sums() {
		return this.jdbc.sql("""
				select * from (select p.token_hash, p.spent, p.reserved,
				coalesce(sum(case when s.status = 'CONFIRMED' then s.amount else 0 end), 0) as paid,
				coalesce(sum(case when s.status in ('RESERVED', 'SUBMITTED') then s.amount else 0 end), 0) as open
				from payment_session p left join settlement s on s.session_id = p.id
				group by p.id, p.token_hash, p.spent, p.reserved) sums
				where spent <> paid or reserved <> open""")
			.query((row, number) -> Finding.difference(handle(row.getString("token_hash")),
					"has spent %d and reserved %d, its settlements come to %d and %d".formatted(row.getLong("spent"),
							row.getLong("reserved"), row.getLong("paid"), row.getLong("open"))))
			.list();
	}

	private List<BookedTransaction> transactions() {
		return this.jdbc.sql("""
				select t.hash, t.status, t.submitted_ledger, coalesce(t.ledger, 0) as ledger, min(s.asset) as asset,
				min(s.payer) as payer, min(s.recipient) as recipient, sum(s.amount) as amount
				from chain_transaction t join settlement s on s.tx_hash = t.hash
				group by t.hash, t.status, t.submitted_ledger, t.ledger, t.created_at order by t.created_at""")
			.query(Reconciliation::transaction)
			.list();
	}

	private static BookedTransaction transaction(ResultSet row, int number) throws SQLException {
		return new BookedTransaction(row.getString("hash"), row.getString("status"), row.getLong("submitted_ledger"),
				row.getLong("ledger"), new Transfer(row.getString("asset"), row.getString("payer"),
						row.getString("recipient"), BigInteger.valueOf(row.getLong("amount"))));
	}

	/**
	 * What live sessions may still take is covered by the payer's allowance, unless the
	 * payer has lowered it since, which is their right.
	 */
	private List<Finding> allowances() {
		return this.jdbc.sql("""
				select payer, asset, spender, sum(cap - spent) as owed, max(approval_ledger) as approved
				from payment_session where not superseded group by payer, asset, spender
				having sum(cap - spent) > 0""")
			.query((row, number) -> allowance(row.getString("payer"), row.getString("asset"), row.getString("spender"),
					BigInteger.valueOf(row.getLong("owed"))))
			.list()
			.stream()
			.flatMap(List::stream)
			.toList();
	}

	private List<Finding> allowance(String payer, String asset, String spender, BigInteger owed) {
		Allowance allowance = this.chain.allowance(asset, payer, spender);
		return allowance.covers(owed) ? List.of() : List.of(Finding.note(payer,
				"allows " + allowance.amount() + " on the chain; its live sessions may still take " + owed));
	}

	private static String handle(String tokenHash) {
		return tokenHash.substring(0, 16);
	}

}
