package io.github.x402sessions.facilitator.settlement.repository;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.channel.ChannelUse;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Each step of a settlement is taken at most once, and no sum ever exceeds the cap.
 */
abstract class SettlementRepositoryTests {

	private static final PaymentKey UNNAMED = new PaymentKey(null, "hash", false);

	private static final SettleDeadline PATIENCE = new SettleDeadline(Duration.ofMinutes(1));

	private final TestDatabase database = database();

	private final JdbcClient jdbc = this.database.jdbc();

	private final TestStore node = this.database.store();

	private final SettlementBooks books = this.node.books();

	private final SettlementRepository settlements = this.node.settlements();

	private final TransactionRepository transactions = this.node.transactions();

	private final OutcomeDeliveries deliveries = this.node.deliveries();

	private final SessionRepository sessions = this.node.sessions();

	private final AccountKey spender = AccountKey.of(new String(KeyPair.random().getSecretSeed()));

	private Session session;

	abstract TestDatabase database();

	@BeforeEach
	void open() {
		this.node.nodes().beat();
		StoredRow.session("k").with("proven", false).with("cap", Long.MAX_VALUE).insert(this.jdbc);
		this.session = this.sessions.get("k");
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void largestAmountsDoNotOverflow() {
		reserve(Long.MAX_VALUE - 1);
		assertRefused(2);
		reserve(1);
		assertRefused(Long.MAX_VALUE);
	}

	@Test
	void outcomeIsWrittenOnceForAllThatTheTransactionCarries() {
		SubmittedTransaction submitted = submit(reserve(5), reserve(6));
		reserve(7);
		assertThat(this.books.close(submitted, Outcome.confirmed(101))).isTrue();
		assertThat(this.books.close(submitted, Outcome.confirmed(101))).isFalse();
		assertThat(this.books.close(submitted, Outcome.dead("late"))).isFalse();
		assertThat(this.sessions.get("k").spent()).isEqualTo(BigInteger.valueOf(11));
		assertThat(this.sessions.get("k").reserved()).isEqualTo(BigInteger.valueOf(7));
		assertThat(this.settlements.carriedBy(submitted.hash())).isEqualTo(2);
	}

	@Test
	void whatMovedNothingIsFreed() {
		SubmittedTransaction submitted = submit(reserve(5), reserve(6));
		this.books.over(submitted.hash());
		assertThat(this.books.close(submitted, Outcome.dead("late"))).isTrue();
		assertThat(this.sessions.get("k").spent()).isZero();
		assertThat(this.sessions.get("k").reserved()).isZero();
	}

	@Test
	void whatWasWrittenDownAsSentIsNeverReleased() {
		Settlement settlement = reserve(5);
		submit(settlement);
		assertThat(this.books.release(settlement.id(), "mistake")).isFalse();
		assertThat(this.sessions.get("k").reserved()).isEqualTo(BigInteger.valueOf(5));
	}

	@Test
	void whatWasReleasedIsNeverSent() {
		Settlement settlement = reserve(5);
		Settlement other = reserve(6);
		assertThat(this.books.release(settlement.id(), "stop")).isTrue();
		assertThat(this.books.release(settlement.id(), "stop")).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> submit(other, settlement));
		assertThat(this.transactions.claim()).isEmpty();
		assertThat(this.books.release(other.id(), "nothing was written")).isTrue();
		assertThat(this.sessions.get("k").reserved()).isZero();
	}

	@Test
	void channelWithAnOpenTransactionIsNotLeasedUntilItIsOver() {
		Channels channels = channels(Duration.ofMinutes(1));
		ChannelLease lease = lease(channels);
		assertThat(channels.lease(ChannelUse.CALL, Duration.ZERO)).isNull();
		SubmittedTransaction submitted = transaction(lease.address());
		this.books.open(List.of(reserve(5)), submitted, lease);
		assertThat(channels.lease(ChannelUse.CALL, Duration.ZERO)).isNull();
		this.books.over(submitted.hash());
		assertThat(lease(channels).sequence()).isNull();
	}

	@Test
	void channelKnowsTheNumberThatWasAppliedAndForgetsItAfterADeath() {
		Channels channels = channels(Duration.ofMinutes(1));
		ChannelLease lease = lease(channels);
		SubmittedTransaction submitted = transaction(lease.address());
		this.books.open(List.of(reserve(5)), submitted, lease);
		this.books.close(submitted, Outcome.failed(101));
		ChannelLease next = lease(channels);
		assertThat(next.sequence()).isEqualTo(8);
		SubmittedTransaction second = transaction(lease.address());
		this.books.open(List.of(reserve(5)), second, next);
		this.books.close(second, Outcome.dead("late"));
		assertThat(lease(channels).sequence()).isNull();
	}

	@Test
	void aNumberThatAnotherOfOursHasUsedProvesADeath() {
		Channels channels = channels(Duration.ofMinutes(1));
		ChannelLease lease = lease(channels);
		SubmittedTransaction over = transaction(lease.address());
		this.books.open(List.of(reserve(5)), over, lease);
		this.books.over(over.hash());
		ChannelLease next = lease(channels);
		SubmittedTransaction second = transaction(lease.address());
		this.books.open(List.of(reserve(5)), second, next);
		assertThat(over.transaction().sequence()).isEqualTo(second.transaction().sequence());
		assertThat(this.books.trackingResult(over.transaction())).isNull();
		this.books.close(second, Outcome.failed(101));
		assertThat(this.books.trackingResult(over.transaction())).isEqualTo(
				new TrackingResult.Decided(Outcome.dead("another transaction of ours has used its sequence number")));
		assertThat(this.books.trackingResult(second.transaction()))
			.isEqualTo(new TrackingResult.Decided(new Outcome(Outcome.Status.FAILED, 101L, "as the books say")));
	}

	@Test
	void leaseThatHasEndedWritesNothingDown() {
		ChannelLease late = lease(channels(Duration.ofMillis(-1)));
		ChannelLease current = lease(channels(Duration.ofMinutes(1)));
		assertThat(current.address()).isEqualTo(late.address());
		Settlement settlement = reserve(5);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.books.open(List.of(settlement), transaction(late.address()), late));
		this.books.open(List.of(settlement), transaction(late.address()), current);
	}

	@Test
	void databaseItselfRefusesTwoOpenTransactionsOfOneChannel() {
		Channels channels = channels(Duration.ofMinutes(1));
		ChannelLease lease = lease(channels);
		this.books.open(List.of(reserve(5)), transaction(lease.address()), lease);
		this.jdbc.sql("update channel set lease = :lease").param("lease", lease.id()).update();
		Settlement second = reserve(6);
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.books.open(List.of(second), transaction(lease.address()), lease))
			.withMessageContaining("source");
	}

	@Test
	void supersededSessionReservesNothing() {
		this.sessions.end("k", SessionEnd.SUPERSEDED);
		assertRefused(5);
	}

	@Test
	void databaseItselfRefusesMoreThanTheCap() {
		reserve(Long.MAX_VALUE);
		assertThatThrownBy(() -> this.jdbc.sql("update payment_session set spent = 1").update())
			.hasMessageContaining("within_cap");
	}

	@Test
	void nodeThatIsGoneLeavesItsWorkToAnotherAndOneThatIsAliveDoesNot() {
		reserve(5);
		SubmittedTransaction submitted = submit(reserve(7));
		TestStore other = this.database.store();
		other.nodes().beat();
		assertThat(other.transactions().claim()).isEmpty();
		assertThat(other.books().releaseAbandoned(Duration.ofHours(1))).isZero();
		this.node.nodes().leave();
		assertThat(other.transactions().claim()).extracting(SubmittedTransaction::transaction)
			.containsExactly(submitted.transaction());
		assertThat(other.transactions().claim()).isEmpty();
		assertThat(other.books().releaseAbandoned(Duration.ofHours(1))).isOne();
		assertThat(this.sessions.get("k").reserved()).isEqualTo(BigInteger.valueOf(7));
		assertThat(this.jdbc.sql("select status from settlement order by amount").query(String.class).list())
			.containsExactly("RELEASED", "SUBMITTED");
	}

	@Test
	void whoReservesWaitsForWhoRegisters() throws Exception {
		CompletableFuture<Reservation> reservation = this.database.whileLocked(
				"update payment_session set superseded = true where id = 'k'",
				() -> this.books.reserve(order(transfer(5)), UNNAMED, PATIENCE));
		assertThat(Eventually.resultOf(reservation)).isEqualTo(new Reservation.Refused());
	}

	@Test
	void sessionThatChangedHandsReservesNothingForItsOldBearer() {
		this.jdbc.sql("update payment_session set proven = true").update();
		assertRefused(5);
	}

	@Test
	void identifierPaysOnceButMayBeTriedAgainAfterNothingMoved() {
		PaymentKey key = new PaymentKey("pay_1234567890123", "terms", true);
		Reservation first = this.books.reserve(order(transfer(5)), key, PATIENCE);
		assertThat(this.books.reserve(order(transfer(5)), key, PATIENCE)).isEqualTo(new Reservation.Repeated());
		assertThat(this.sessions.get("k").reserved()).isEqualTo(BigInteger.valueOf(5));
		this.books.release(((Reservation.Made) first).settlement().id(), "stop");
		assertThat(this.deliveries.find("k", key)).isEmpty();
		Settlement second = ((Reservation.Made) this.books.reserve(order(transfer(5)), key, PATIENCE)).settlement();
		SubmittedTransaction submitted = submit(second);
		assertThat(this.deliveries.find("k", key))
			.contains(new KnownPayment(second.id(), "terms", false, true, submitted.hash(), null, null));
		this.books.close(submitted, Outcome.confirmed(101));
		assertThat(this.deliveries.find("k", key))
			.contains(new KnownPayment(second.id(), "terms", true, true, submitted.hash(), null, null));
		assertThat(this.books.reserve(order(transfer(5)), key, PATIENCE)).isEqualTo(new Reservation.Repeated());
	}

	@Test
	void identifierIsKeptForItsTimeAndThePaymentForever() {
		PaymentKey key = new PaymentKey("pay_1234567890123", "terms", true);
		SubmittedTransaction submitted = submit(
				((Reservation.Made) this.books.reserve(order(transfer(5)), key, PATIENCE)).settlement());
		assertThat(this.settlements.forgetIdentifiers(Duration.ofDays(-1))).as("an open one is kept").isZero();
		this.books.close(submitted, Outcome.confirmed(101));
		assertThat(this.settlements.forgetIdentifiers(Duration.ofDays(1))).isZero();
		assertThat(this.deliveries.find("k", key)).isPresent();
		assertThat(this.settlements.forgetIdentifiers(Duration.ofDays(-1))).isOne();
		assertThat(this.deliveries.find("k", key)).isEmpty();
		assertThat(this.sessions.get("k").spent()).isEqualTo(5);
		assertThat(this.settlements.carriedBy(submitted.hash())).isOne();
	}

	/** On large books a thousand take the better part of a second. */
	@Test
	void identifiersAreForgottenSomeAtATime() {
		this.jdbc
			.sql("""
					insert into settlement (id, session_id, asset, payer, recipient, amount, status, payment_id, payment_terms,
					created_at, updated_at)
					with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < 150)
					select 'old-' || i, 'k', 'a', 'p', 'r', 1, 'RELEASED', 'pay_' || i, 'terms', 1, 1 from numbers""")
			.update();
		assertThat(this.settlements.forgetIdentifiers(Duration.ofDays(1))).isEqualTo(100);
		assertThat(this.settlements.forgetIdentifiers(Duration.ofDays(1))).isEqualTo(50);
	}

	@Test
	void refusedPaymentDoesNotTakeItsIdentifier() {
		PaymentKey key = new PaymentKey("pay_1234567890123", "terms", true);
		this.sessions.end("k", SessionEnd.SUPERSEDED);
		assertThat(this.books.reserve(order(transfer(5)), key, PATIENCE)).isEqualTo(new Reservation.Refused());
		assertThat(this.deliveries.find("k", key)).isEmpty();
	}

	@Test
	void whatWasSignedIsKeptWithWhatIsSetAsideAndNothingGoesWithout() {
		this.jdbc.sql("update payment_session set session_key = 'key'").update();
		Session keyed = this.sessions.get("k");
		TransferOrder unsigned = this.node.order(keyed, transfer(5));
		assertThatIllegalStateException().isThrownBy(() -> this.books.reserve(unsigned, UNNAMED, PATIENCE));
		assertThat(this.sessions.get("k").reserved()).isZero();
		PaymentEvidence evidence = new PaymentEvidence("key", "statement", "signature");
		TransferOrder signed = new TransferOrder(this.node.account(keyed, evidence), transfer(5), 10);
		Settlement made = ((Reservation.Made) this.books.reserve(signed, UNNAMED, PATIENCE)).settlement();
		this.sessions.end("k", SessionEnd.CLOSED);
		assertThat(this.books.reserve(signed, UNNAMED, PATIENCE)).isEqualTo(new Reservation.Refused());
		assertThat(this.jdbc.sql("select settlement_id from payment_evidence").query(String.class).list())
			.containsExactly(made.id());
		assertThat(this.node.evidence().find(made.id())).singleElement()
			.matches((kept) -> kept.evidence().equals(evidence) && kept.status().equals("RESERVED"));
	}

	@Test
	void longNoteOfANodeIsCut() {
		Settlement settlement = reserve(5);
		this.books.release(settlement.id(), "x".repeat(5_000));
		assertThat(this.jdbc.sql("select length(note) from settlement").query(Integer.class).single()).isEqualTo(200);
	}

	private Settlement reserve(long amount) {
		Reservation reservation = this.books.reserve(order(transfer(amount)), UNNAMED, PATIENCE);
		assertThat(reservation).isInstanceOf(Reservation.Made.class);
		return ((Reservation.Made) reservation).settlement();
	}

	private SubmittedTransaction submit(Settlement... members) {
		ChannelLease lease = lease(channels(Duration.ofMinutes(1)));
		SubmittedTransaction submitted = transaction(lease.address());
		try {
			this.books.open(List.of(members), submitted, lease);
		}
		finally {
			channels(Duration.ZERO).giveBack(lease);
		}
		return submitted;
	}

	private static ChannelLease lease(Channels channels) {
		ChannelLease lease = channels.lease(ChannelUse.CALL, Duration.ZERO);
		assertThat(lease).isNotNull();
		return lease;
	}

	private Channels channels(Duration term) {
		Channels channels = new Channels(this.node.leases(),
				new ChannelKeys(TestSpenders.of(this.spender), TestSpenders.secrets(this.spender), 0), term);
		channels.open(0, this.spender.address());
		return channels;
	}

	private static SubmittedTransaction transaction(String source) {
		String hash = KeyPair.random().getAccountId();
		return new SubmittedTransaction(new SignedTransaction(hash, "envelope", source, 8, 1_045), 100, null);
	}

	private void assertRefused(long amount) {
		assertThat(this.books.reserve(order(transfer(amount)), UNNAMED, PATIENCE)).isEqualTo(new Reservation.Refused());
	}

	private TransferOrder order(Transfer transfer) {
		return this.node.order(this.session, transfer);
	}

	private static Transfer transfer(long amount) {
		return new Transfer("C", "p", "r", BigInteger.valueOf(amount));
	}

}
