package io.github.x402sessions.facilitator.settlement.repository;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.channel.ChannelUse;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.recipient.RecordedChange;
import io.github.x402sessions.facilitator.store.jdbc.NamedAccount;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payments of schemes without sessions belong to an account by its name: each nonce pays
 * once, and so does each alias.
 */
class AccountSettlementTests {

	private static final String PAYER = KeyPair.random().getAccountId();

	/** As long as an address is that says for whom it is beside the account. */
	private static final String MUXED = "M" + "A".repeat(68);

	private static final FundingSource ACCOUNT = new NamedAccount("exact:" + PAYER, null);

	private static final FundingSource OTHER = new NamedAccount("exact:" + KeyPair.random().getAccountId(), null);

	private static final SettleDeadline PATIENCE = new SettleDeadline(Duration.ofMinutes(1));

	private static final String ALIAS = "pay_1234567890123";

	private static final AccountKey SPENDER = AccountKey.of(new String(KeyPair.random().getSecretSeed()));

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void nonceAndAliasPayOnceEachAndOnlyInTheirAccount(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = open(database);
			SettlementBooks books = store.books();
			OutcomeDeliveries deliveries = store.deliveries();
			PaymentKey key = key("-17", ALIAS);
			Settlement made = made(books, ACCOUNT, key);
			assertThat(books.reserve(order(ACCOUNT), key, PATIENCE)).isEqualTo(new Reservation.Repeated());
			assertThat(books.reserve(order(ACCOUNT), key("-17", null), PATIENCE)).as("the same nonce, no alias")
				.isEqualTo(new Reservation.Repeated());
			assertThat(books.reserve(order(ACCOUNT), key("18", ALIAS), PATIENCE)).as("the same alias, another nonce")
				.isEqualTo(new Reservation.Repeated());
			assertThat(deliveries.find(ACCOUNT.key(), key)).map(KnownPayment::settlement).contains(made.id());
			assertThat(deliveries.isAliasTaken(ACCOUNT.key(), key)).as("by the payment itself").isFalse();
			assertThat(deliveries.find(ACCOUNT.key(), key("18", ALIAS))).isEmpty();
			assertThat(deliveries.isAliasTaken(ACCOUNT.key(), key("18", ALIAS))).isTrue();
			assertThat(deliveries.isAliasTaken(ACCOUNT.key(), key("18", "pay_of_another_kind"))).isFalse();
			assertThat(deliveries.find(OTHER.key(), key)).isEmpty();
			assertThat(deliveries.isAliasTaken(OTHER.key(), key)).isFalse();
			made(books, OTHER, key);
			made(books, ACCOUNT, key("19", null));
			made(books, ACCOUNT, key("20", null));
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatMovedNothingLeavesBothNamesFree(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = open(database);
			SettlementBooks books = store.books();
			PaymentKey key = key("17", ALIAS);
			books.release(made(books, ACCOUNT, key).id(), "stop");
			for (Outcome outcome : List.of(Outcome.dead("late"), Outcome.failed(9))) {
				SubmittedTransaction submitted = submit(store, made(books, ACCOUNT, key));
				assertThat(books.close(submitted, outcome)).isTrue();
				assertThat(store.deliveries().find(ACCOUNT.key(), key)).isEmpty();
			}
			SubmittedTransaction submitted = submit(store, made(books, ACCOUNT, key("18", ALIAS)));
			books.close(submitted, Outcome.confirmed(101));
			assertThat(books.reserve(order(ACCOUNT), key, PATIENCE)).isEqualTo(new Reservation.Repeated());
			assertThat(store.settlements().forgetIdentifiers(Duration.ofDays(-1))).isEqualTo(4);
			assertThat(store.deliveries().isAliasTaken(ACCOUNT.key(), key)).isFalse();
			made(books, ACCOUNT, key);
		}
	}

	/** The client asked again with the same nonce, or the same alias, and was paid. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void transactionThatPaidAfterAllLeavesItsNamesToWhatPaidSince(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = open(database);
			SettlementBooks books = store.books();
			for (PaymentKey again : List.of(key("17", null), key("18", ALIAS))) {
				SubmittedTransaction first = submit(store, made(books, ACCOUNT, key("17", ALIAS)));
				books.close(first, Outcome.dead("late"));
				Settlement second = made(books, ACCOUNT, again);
				assertThat(books.correct(first.hash(), "DEAD", Outcome.confirmed(9))).hasValue(1);
				assertThat(store.deliveries().find(ACCOUNT.key(), again)).map(KnownPayment::settlement)
					.contains(second.id());
				books.release(second.id(), "stop");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void nodeThatIsGoneLeavesItsPaymentsToAnother(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = open(database);
			SubmittedTransaction submitted = submit(store, made(store.books(), ACCOUNT, key("17", ALIAS)));
			PaymentKey unsent = key("18", "pay_of_the_unsent");
			made(store.books(), ACCOUNT, unsent);
			store.nodes().leave();
			TestStore other = database.store();
			other.nodes().beat();
			assertThat(other.transactions().claim()).extracting(SubmittedTransaction::transaction)
				.containsExactly(submitted.transaction());
			assertThat(other.books().releaseAbandoned(Duration.ofHours(1))).isOne();
			made(other.books(), ACCOUNT, unsent);
			assertThat(other.books().close(submitted, Outcome.confirmed(101))).isTrue();
			assertThat(other.deliveries().find(ACCOUNT.key(), key("17", ALIAS))).hasValueSatisfying((known) -> {
				assertThat(known.paid()).isTrue();
				assertThat(known.transaction()).isEqualTo(submitted.hash());
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void recipientIsToldWithoutASession(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = open(database);
			SubmittedTransaction submitted = submit(store, made(store.books(), ACCOUNT, key("17", ALIAS)));
			store.books().close(submitted, Outcome.confirmed(101));
			RecordedChange change = store.recipients().changes(MUXED, 0, 10).get(0);
			assertThat(change.status()).isEqualTo("CONFIRMED");
			assertThat(change.amount()).isEqualTo(5);
			assertThat(change.transaction()).isEqualTo(submitted.hash());
			assertThat(change.payer()).isEqualTo(PAYER);
			assertThat(change.handle()).isNull();
			assertThat(store.books().correct(submitted.hash(), "CONFIRMED", Outcome.failed(101))).hasValue(0);
			assertThat(store.recipients().changes(MUXED, change.number(), 10)).extracting(RecordedChange::status)
				.containsExactly("FAILED");
			assertThat(database.jdbc().sql("select sum(confirmed) from payment_day").query(Long.class).single())
				.isZero();
		}
	}

	/** Beside them a session of the same payer. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatAPayerIsPayingIsNotLentToItMeanwhile(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = open(database);
			StoredRow.session("k").with("payer", PAYER).with("reserved", 30).insert(database.jdbc());
			Parties parties = new Parties("C", PAYER, "r");
			made(store.books(), OTHER, key("16", null));
			Settlement made = made(store.books(), ACCOUNT, key("17", ALIAS));
			assertThat(store.lending().read(List.of(parties), 0).get(parties).unconfirmedBy(1_000)).isEqualTo(40);
			SubmittedTransaction submitted = submit(store, made);
			assertThat(store.lending().read(List.of(parties), 0).get(parties).unconfirmedBy(1_000)).isEqualTo(40);
			store.books().close(submitted, Outcome.confirmed(101));
			assertThat(store.lending().read(List.of(parties), 0).get(parties).unconfirmedBy(1_000)).isEqualTo(35);
			assertThat(store.sessions().get("k").reserved()).as("nothing of it is a session's").isEqualTo(30);
			assertThat(store.openWork().reserved()).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void endThatWasLostIsMended(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = open(database);
			SubmittedTransaction submitted = submit(store, made(store.books(), ACCOUNT, key("17", ALIAS)));
			database.jdbc().sql("update chain_transaction set status = 'CONFIRMED', ledger = 9").update();
			assertThat(store.books().mend()).isOne();
			assertThat(store.deliveries().find(ACCOUNT.key(), key("17", ALIAS))).map(KnownPayment::paid).contains(true);
			assertThat(store.settlements().accounts(submitted.hash())).containsExactly(ACCOUNT.key());
		}
	}

	private static TestStore open(TestDatabase database) {
		TestStore store = database.store();
		store.nodes().beat();
		return store;
	}

	private static PaymentKey key(String nonce, String alias) {
		return new PaymentKey(nonce, "terms", false, alias);
	}

	private static TransferOrder order(FundingSource account) {
		return new TransferOrder(account, new Transfer("C", PAYER, MUXED, BigInteger.valueOf(5)), 900);
	}

	private static Settlement made(SettlementBooks books, FundingSource account, PaymentKey key) {
		Reservation reservation = books.reserve(order(account), key, PATIENCE);
		assertThat(reservation).isInstanceOf(Reservation.Made.class);
		return ((Reservation.Made) reservation).settlement();
	}

	private static SubmittedTransaction submit(TestStore store, Settlement settlement) {
		Channels channels = new Channels(store.leases(),
				new ChannelKeys(TestSpenders.of(SPENDER), TestSpenders.secrets(SPENDER), 0), Duration.ofMinutes(1));
		channels.open(0, SPENDER.address());
		ChannelLease lease = channels.lease(ChannelUse.CALL, Duration.ZERO);
		assertThat(lease).isNotNull();
		SubmittedTransaction submitted = new SubmittedTransaction(
				new SignedTransaction(KeyPair.random().getAccountId(), "envelope", lease.address(), 8, 1_045), 100,
				null);
		store.books().open(List.of(settlement), submitted, lease);
		return submitted;
	}

}
