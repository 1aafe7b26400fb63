package io.github.x402sessions.facilitator.reconcile;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows the transactions whose end the books do not know. Thread-safe.
 */
public final class OpenTransactions {

	private final JdbcClient jdbc;

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final String spender;

	/**
	 * Create it.
	 * @param jdbc the books
	 * @param rpc the node to ask
	 * @param chain reads accounts and allowances
	 * @param spender the spender's address
	 */
	public OpenTransactions(JdbcClient jdbc, StellarRpc rpc, LedgerState chain, String spender) {
		this.jdbc = jdbc;
		this.rpc = rpc;
		this.chain = chain;
		this.spender = spender;
	}

	/**
	 * Show them, the oldest one first.
	 * @param transactions hears of each
	 * @throws RpcException if the node does not say what there is to decide by
	 */
	public void show(Consumer<OpenTransaction> transactions) {
		List<Row> rows = this.jdbc.sql("""
				select t.hash, t.status, t.created_at, t.source, t.sequence, t.submitted_ledger, min(s.asset) as asset,
				min(s.payer) as payer, min(s.recipient) as recipient, sum(s.amount) as amount
				from chain_transaction t join settlement s on s.tx_hash = t.hash where t.status in ('OPEN', 'OVER')
				group by t.hash, t.status, t.created_at, t.source, t.sequence, t.submitted_ledger
				order by t.created_at""").query(Row::read).list();
		rows.forEach((row) -> transactions.accept(evidence(row)));
	}

	private OpenTransaction evidence(Row row) {
		Transfer transfer = row.transfer();
		return new OpenTransaction(row.hash(), row.status(), Instant.ofEpochMilli(row.createdAt()), transfer,
				row.source(), row.sequence(), row.ledger(), this.rpc.transaction(row.hash()),
				this.chain.account(row.source()).map(AccountState::sequence).orElse(null),
				this.chain.allowance(transfer.asset(), transfer.from(), this.spender).amount().toString());
	}

	private record Row(String hash, String status, long createdAt, String source, long sequence, long ledger,
			Transfer transfer) {

		static Row read(ResultSet row, int number) throws SQLException {
			return new Row(row.getString("hash"), row.getString("status"), row.getLong("created_at"),
					row.getString("source"), row.getLong("sequence"), row.getLong("submitted_ledger"),
					new Transfer(row.getString("asset"), row.getString("payer"), row.getString("recipient"),
							BigInteger.valueOf(row.getLong("amount"))));
		}

	}

}
