package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.Map;
import java.util.UUID;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payments that a server lets settle later.
 */
final class Commitments {

	static final Map<String, String> PROPERTIES = Map.of("facilitator.deferred.enabled", "true",
			"facilitator.deferred.recipients", "*", "facilitator.deferred.first-credit", "1.00",
			"facilitator.deferred.per-recipient", "50", "facilitator.deferred.total", "50");

	private static final long MANY_LEDGERS = 100_000;

	private Commitments() {
	}

	/** Open a session that lasts for long enough and return its id. */
	static String session(FacilitatorEnvironment environment, Payer payer, long cap) {
		return session(environment, payer, cap, MANY_LEDGERS);
	}

	static String session(FacilitatorEnvironment environment, Payer payer, long cap, long ledgers) {
		Reply reply = environment.client.post("/sessions",
				payer.approved(cap, environment.devnet.latestLedger() + ledgers));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	/** A payment that may be deferred, under an identifier of its own. */
	static Map<String, Object> of(FacilitatorEnvironment environment, String session, String id, String amount) {
		Map<String, Object> terms = Map.of("amount", amount, "extra", Map.of("spender",
				environment.spender.getAccountId(), "settlement", "deferred", "paymentIdentifier", true));
		return Payments.identified(Payments.of(environment, session, terms), id);
	}

	static Reply pay(FacilitatorEnvironment environment, String session, String amount) {
		Reply reply = environment.client.settle(of(environment, session, "pay_" + UUID.randomUUID(), amount));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
		return reply;
	}

	/** Commit and return the commitment's name. */
	static String commit(FacilitatorEnvironment environment, String session, String amount) {
		String commitment = pay(environment, session, amount).text("transaction");
		assertThat(commitment).startsWith("cmt_");
		return commitment;
	}

	/** Let there be as many more as there could be if nothing were redeemed for long. */
	static void repeat(TestDatabase database, String commitment, int count) {
		JdbcClient books = database.jdbc();
		database.transactions().executeWithoutResult((status) -> {
			books.sql("""
					with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < :count)
					insert into settlement (id, session_id, asset, payer, recipient, amount, status, node, payment_id,
					payment_terms, deferred, settle_before, funds_ledger, created_at, updated_at)
					select 'cmt_more_' || i, session_id, asset, payer, recipient, amount, status, node, payment_id || i,
					payment_terms, deferred, settle_before, funds_ledger, created_at, updated_at
					from settlement, numbers where id = :id""").param("count", count).param("id", commitment).update();
			Transfer one = books.sql("select asset, payer, recipient, amount from settlement where id = :id")
				.param("id", commitment)
				.query((row, number) -> new Transfer(row.getString(1), row.getString(2), row.getString(3),
						BigInteger.valueOf(row.getLong(4))))
				.single();
			BigInteger sum = one.amount().multiply(BigInteger.valueOf(count));
			books.sql("""
					update payment_session set reserved = reserved + :sum, committed = committed + :sum
					where id = (select session_id from settlement where id = :id)""")
				.param("sum", sum.longValueExact())
				.param("id", commitment)
				.update();
			database.store().lending().lend(Map.of(one.parties(), sum));
		});
	}

}
