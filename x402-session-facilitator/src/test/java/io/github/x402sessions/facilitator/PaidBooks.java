package io.github.x402sessions.facilitator;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The books of those who were paid by a load, whatever happened to their facilitators
 * meanwhile, beside what its callers and its receivers were told, and the chain.
 */
final class PaidBooks {

	private final FacilitatorEnvironment environment;

	private final JdbcClient books;

	private final PayerLoad load;

	PaidBooks(FacilitatorEnvironment environment, JdbcClient books, PayerLoad load) {
		this.environment = environment;
		this.books = books;
		this.load = load;
	}

	/**
	 * A node that was stopped may hold what was released elsewhere meanwhile, and nothing
	 * else is held now: its quarter of an hour is over sooner.
	 */
	void letHoldsLapse() {
		assertThat(sum("""
				select count(*) from settlement held where status = 'HELD' and not exists
				(select 1 from settlement s where s.payment_id = held.payment_id and s.status = 'RELEASED')"""))
			.as("held by nobody's leave")
			.isZero();
		this.books.sql("update settlement set held_until = 1 where status = 'HELD'").update();
	}

	void awaitQuiet() {
		Eventually.isTrue(PayerLoad.PATIENCE, () -> sum("""
				select count(*) from settlement
				where status in ('RESERVED', 'SUBMITTED', 'COMMITTED', 'HELD')""") == 0);
	}

	/** The books agree with the chain, to the unit, and so does the command. */
	void assertAgreement(Map<String, String> properties) {
		URI rpcUri = this.environment.devnet.rpcUri();
		HttpStellarRpc rpc = new HttpStellarRpc(rpcUri, Duration.ofSeconds(10));
		long confirmed = sum("select coalesce(sum(amount), 0) from settlement where status = 'CONFIRMED'");
		assertThat(this.environment.usdc(this.environment.merchant).longValueExact())
			.as("on the chain and in the books")
			.isEqualTo(confirmed);
		assertThat(sum("select sum(spent) from payment_session")).isEqualTo(sum("""
				select coalesce(sum(amount), 0) from settlement
				where status = 'CONFIRMED' and session_id is not null"""));
		assertThat(sum("select sum(reserved) from payment_session")).isZero();
		assertThat(sum("""
				select count(*) from (select payment_id from settlement where status = 'CONFIRMED'
				group by payment_id, account having count(*) > 1) charged_twice""")).isZero();
		assertTruth();
		assertThat(sum("select count(*) from settlement where defaulted")).isZero();
		assertThat(this.books.sql("select distinct tx_hash from settlement where status = 'CONFIRMED'")
			.query(String.class)
			.list())
			.allSatisfy((hash) -> assertThat(rpc.transaction(hash).status()).as("%s", hash).isEqualTo(Status.SUCCESS));
		Commands.Output output = Commands.run(properties, "reconcile");
		assertThat(output.code()).as(output.text()).isZero();
	}

	/** What is confirmed and what is open is what callers were told, each once. */
	void assertTruth() {
		assertThat(this.load.refused).isEmpty();
		Map<String, String> charged = new HashMap<>();
		AtomicLong amount = new AtomicLong();
		this.books.sql("""
				select coalesce(payment_alias, payment_id) as payment_id, amount,
				case when deferred then id else tx_hash end as told from settlement
				where status in ('CONFIRMED', 'COMMITTED', 'DEFAULTED') or (status = 'SUBMITTED' and deferred)""")
			.query((RowCallbackHandler) (row) -> {
				assertThat(charged.put(row.getString("payment_id"), row.getString("told"))).as("charged twice")
					.isNull();
				amount.addAndGet(row.getLong("amount"));
			});
		assertThat(charged).as("everybody was told the truth").isEqualTo(this.load.settled);
		assertThat(amount.get()).as("to the unit").isEqualTo(this.load.amount.get());
	}

	/**
	 * Whatever became of nodes, the recipient has heard, in order, of each payment that
	 * was made after he had subscribed.
	 * @param subscribed the last ledger before
	 */
	void assertTold(HookServer hook, long subscribed) {
		Eventually.isTrue(PayerLoad.PATIENCE,
				() -> sum("select count(*) from event_outbox where state = 'WAITING'") == 0);
		Map<String, String> paid = paidAfter(0);
		Map<String, Long> numbers = new HashMap<>();
		this.books.sql("select id, number from event_outbox")
			.query((RowCallbackHandler) (row) -> numbers.put(row.getString("id"), row.getLong("number")));
		Map<String, String> told = new HashMap<>();
		Map<String, Long> last = new HashMap<>();
		hook.known().forEach((delivery) -> {
			String payment = delivery.json().at("/data/settlement/id").asString(delivery.id());
			assertThat(numbers.get(delivery.id())).as("in their order").isGreaterThan(last.getOrDefault(payment, 0L));
			last.put(payment, numbers.get(delivery.id()));
			if (delivery.json().at("/type").asString().equals("payment.settled")) {
				told.put(delivery.json().at("/data/settlement/id").asString(),
						delivery.json().at("/data/settlement/amount").asString() + " "
								+ delivery.json().at("/data/settlement/transaction").asString());
			}
		});
		assertThat(paid).as("told to the recipient").containsAllEntriesOf(told);
		assertThat(told).as("told to the recipient").containsAllEntriesOf(paidAfter(subscribed));
		System.out.printf("%d events told in %d deliveries%n", hook.known().size(), hook.all.size());
	}

	private Map<String, String> paidAfter(long ledger) {
		Map<String, String> paid = new HashMap<>();
		this.books.sql("select id, amount, tx_hash from settlement where status = 'CONFIRMED' and ledger > :ledger")
			.param("ledger", ledger)
			.query((RowCallbackHandler) (row) -> paid.put(row.getString("id"),
					row.getLong("amount") + " " + row.getString("tx_hash")));
		return paid;
	}

	private long sum(String query) {
		return this.books.sql(query).query(Long.class).single();
	}

}
