package io.github.x402sessions.facilitator.merchant;

import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimitException;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.Reservation;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted for merchants in a day follows what becomes of their settlements, of
 * several of them in one transaction too, and ends with the day.
 */
abstract class MerchantCountTests {

	private static final SettleDeadline PATIENCE = new SettleDeadline(Duration.ofMinutes(1));

	final String shop = KeyPair.random().getAccountId();

	final String other = KeyPair.random().getAccountId();

	TestDatabase database;

	TestStore store;

	private MerchantDirectory directory;

	abstract TestDatabase database();

	@BeforeEach
	void open() {
		this.database = database();
		this.store = this.database.store();
		this.store.nodes().beat();
		MerchantRegistry registry = new MerchantRegistry(this.store.merchants(), this.store.merchantBooks(),
				new ConfiguredServers(List.of()), List.of(), new Audit(this.store.audit(), this.store.unitOfWork()),
				this.database.clock(), () -> {
				});
		create(registry, "shop", this.shop);
		create(registry, "another", this.other);
		session("k", this.shop);
		session("l", this.other);
		this.directory = new MerchantDirectory(this.store.merchants(), new ConfiguredServers(List.of()),
				this.database.clock(), true);
		this.directory.round();
	}

	private static void create(MerchantRegistry registry, String name, String recipient) {
		registry.create(Actor.operator("alice", "127.0.0.1"),
				new MerchantRequest(name, List.of(recipient), null, null, null, "50", null, null));
	}

	private void session(String key, String recipient) {
		StoredRow.session(key)
			.with("token_hash", key + "0123456789abcdef")
			.with("recipient", recipient)
			.with("cap", 1_000)
			.insert(jdbc());
	}

	@AfterEach
	void close() {
		this.directory.close();
		this.database.close();
	}

	@Test
	void transactionThatPaysTwoMerchantsNothingIsCountedForNeither() {
		reserve("l", this.other, 20);
		reserve("k", this.shop, 30);
		SubmittedTransaction transaction = carry();
		assertThat(books().close(transaction, Outcome.dead("late"))).isTrue();
		assertThat(used(this.shop)).isZero();
		assertThat(used(this.other)).isZero();
		assertThat(books().correct(transaction.hash(), "DEAD", Outcome.confirmed(7))).hasValue(0);
		assertThat(used(this.shop)).as("it was paid after all").isEqualTo(30);
		assertThat(used(this.other)).isEqualTo(20);
	}

	@Test
	void dayThatEndsIsFollowedByOneOfItsOwn() {
		assertThat(reserve("k", this.shop, 50)).isInstanceOf(Reservation.Made.class);
		assertThat(reserve("k", this.shop, 1)).isNull();
		long today = ends();
		assertThat(today % Duration.ofDays(1).toMillis()).as("UTC midnight").isZero();
		assertThat(today - this.database.clock().millis()).isBetween(0L, Duration.ofDays(1).toMillis());
		turn();
		assertThat(reserve("k", this.shop, 40)).isInstanceOf(Reservation.Made.class);
		assertThat(ends()).isEqualTo(today);
		assertThat(used(this.shop)).isEqualTo(40);
	}

	@Test
	void whatWasCountedYesterdayIsGivenBackToNobodyToday() {
		reserve("k", this.shop, 50);
		SubmittedTransaction transaction = carry();
		String unsent = ((Reservation.Made) reserve("l", this.other, 50)).settlement().id();
		turn();
		reserve("k", this.shop, 40);
		reserve("l", this.other, 30);
		assertThat(books().close(transaction, Outcome.dead("late"))).isTrue();
		assertThat(books().release(unsent, "nothing was sent")).isTrue();
		assertThat(used(this.shop)).isEqualTo(40);
		assertThat(used(this.other)).isEqualTo(30);
		assertThat(books().correct(transaction.hash(), "DEAD", Outcome.confirmed(7))).hasValue(0);
		assertThat(used(this.shop)).isEqualTo(40);
	}

	@Test
	void whatWasHeldYesterdayIsSettledForLessOrReleasedToday() {
		List<String> held = List.of(hold(20), hold(25));
		turn();
		reserve("k", this.shop, 40);
		assertThat(this.store.holds().commit(held.get(0), BigInteger.ONE, "terms", null)).isTrue();
		assertThat(this.store.holds().release(held.get(1), "it costs nothing")).isTrue();
		assertThat(used(this.shop)).isEqualTo(40);
	}

	@Test
	void whatIsHeldTodayIsCountedForWhatItCosts() {
		List<String> held = List.of(hold(20), hold(25));
		assertThat(this.store.holds().commit(held.get(0), BigInteger.ONE, "terms", null)).isTrue();
		assertThat(this.store.holds().release(held.get(1), "it costs nothing")).isTrue();
		assertThat(used(this.shop)).isEqualTo(1);
	}

	@Test
	void ofManyTogetherThoseAreCountedThatFit() {
		assertThat(count(30, 20)).isEmpty();
		assertThat(count(1)).containsExactly("0");
		turn();
		assertThat(count(30, 30, 51, 15, 5)).containsExactlyInAnyOrder("1", "2");
		assertThat(used(this.shop)).isEqualTo(50);
		assertThat(jdbc().sql("select id from settlement where limit_until > :now")
			.param("now", this.database.clock().millis())
			.query(String.class)
			.list()).containsExactlyInAnyOrder("0", "3", "4");
	}

	/** Returns which of these would be too much. */
	private Set<String> count(long... amounts) {
		jdbc().sql("update settlement set id = id || '-' || (select count(*) from settlement)").update();
		Map<String, Transfer> settlements = new LinkedHashMap<>();
		for (int i = 0; i < amounts.length; i++) {
			StoredRow.settlement(String.valueOf(i), "RESERVED").with("amount", amounts[i]).insert(jdbc());
			settlements.put(String.valueOf(i), new Transfer("C", "p", this.shop, BigInteger.valueOf(amounts[i])));
		}
		return this.store.unitOfWork().run(() -> budgets().count(settlements));
	}

	/** Returns the name of a settlement that is held from now on. */
	private String hold(long amount) {
		String id = ((Reservation.Made) reserve("k", this.shop, amount)).settlement().id();
		jdbc().sql(
				"update settlement set status = 'HELD', deferred = :yes, payment_id = id, held_until = 9 where id = :id")
			.param("yes", true)
			.param("id", id)
			.update();
		return id;
	}

	/** Midnight comes: all that was counted was counted yesterday. */
	private void turn() {
		for (String change : List.of("update limit_use set ends_at = ends_at - 86400000",
				"update settlement set limit_until = limit_until - 86400000 where limit_until is not null")) {
			jdbc().sql(change).update();
		}
	}

	MerchantBudgets budgets() {
		return new MerchantBudgets(this.directory, this.store.limits(), this.store.merchants());
	}

	SettlementBooks books() {
		return this.database.store().books(budgets());
	}

	/** Null where the merchant may be paid no more. */
	@Nullable Reservation reserve(String session, String recipient, long amount) {
		try {
			return books().reserve(
					this.store.order(this.store.sessions().get(session),
							new Transfer("C", "p", recipient, BigInteger.valueOf(amount))),
					new PaymentKey(null, "terms", false), PATIENCE);
		}
		catch (RecipientLimitException ex) {
			return null;
		}
	}

	/** All that is reserved is in one transaction then. */
	SubmittedTransaction carry() {
		SubmittedTransaction submitted = new SubmittedTransaction(
				new SignedTransaction("hash", "envelope", "channel", 7, 0), 99, null);
		this.store.transactions().add(submitted);
		jdbc().sql("update settlement set status = 'SUBMITTED', tx_hash = 'hash' where status = 'RESERVED'").update();
		return submitted;
	}

	String user(String recipient) {
		Merchant merchant = this.directory.latest().ofRecipient(recipient);
		return merchant.id() + " C";
	}

	long used(String recipient) {
		return jdbc().sql("select used from limit_use where limit_name = 'merchant-day' and who = :who")
			.param("who", user(recipient))
			.query(Long.class)
			.single();
	}

	private long ends() {
		return jdbc().sql("select max(ends_at) from limit_use where limit_name = 'merchant-day'")
			.query(Long.class)
			.single();
	}

	JdbcClient jdbc() {
		return this.database.jdbc();
	}

}
