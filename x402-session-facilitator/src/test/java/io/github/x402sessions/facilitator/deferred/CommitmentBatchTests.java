package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.DeferralStatus;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelUse;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.Reservation;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is committed is within every limit and covered by what the payer had, besides all
 * that is open; what becomes of it gives the credit back.
 */
abstract class CommitmentBatchTests {

	private static final ExposureLimits LIMITS = limits(50, 80, 120, 40);

	private static final SettleDeadline PATIENCE = new SettleDeadline(Duration.ofMinutes(1));

	private final TestDatabase database = database();

	private final JdbcClient jdbc = this.database.jdbc();

	private final TestStore node = this.database.store();

	private final AccountKey spender = AccountKey.of(new String(KeyPair.random().getSecretSeed()));

	private int payments;

	abstract TestDatabase database();

	@BeforeEach
	void open() {
		this.node.nodes().beat();
		session("k", "p", "r", 1_000);
		session("l", "p", "other", 1_000);
		session("m", "q", "r", 1_000);
		session("n", "x", "third", 1_000);
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void commitmentIsSetAsideInItsSessionAndFoundByItsNameAndIdentifier() {
		CommitmentOrder order = order("k", 7, "pay_1234567890123");
		Map<String, FundingBalance> committed = commit(LIMITS, order);
		assertThat(committed).containsOnly(Map.entry(order.commitment().id(),
				new FundingBalance(BigInteger.valueOf(1_000), BigInteger.ZERO, BigInteger.valueOf(7))));
		assertThat(session("k").reserved()).isEqualTo(7);
		assertThat(session("k").committed()).isEqualTo(7);
		assertThat(session("k").inMotion()).isZero();
		assertThat(this.node.commitments().find(order.commitment().id())).contains(
				new CommitmentState(DeferralStatus.COMMITTED, null, null, BigInteger.valueOf(7), "pay_1234567890123"));
		assertThat(this.node.deliveries().find("k", order.key())).contains(new KnownPayment(order.commitment().id(),
				"terms", true, true, order.commitment().id(), order.commitment().settleBefore(), null));
		assertThat(this.node.books().releaseAbandoned(Duration.ofDays(-1))).as("nothing is abandoned").isZero();
		assertThat(this.node.settlements().forgetIdentifiers(Duration.ofDays(-1))).as("its identifier is kept")
			.isZero();
	}

	/** The balance is for all of a payer's spenders, an allowance for one. */
	@Test
	void whatOneSpenderIsToTakeNeedsNothingOfAnothersAllowance() {
		StoredRow.session("t")
			.with("token_hash", "t0123456789abcdef")
			.with("payer", "p")
			.with("spender", "t")
			.with("expiration_ledger", 1_000)
			.insert(this.jdbc);
		assertThat(commit(LIMITS, order("k", 7))).hasSize(1);
		assertThat(commit(LIMITS, order("t", 5, 11, 5))).as("12 are to be paid of 11").isEmpty();
		CommitmentOrder covered = order("t", 3, 12, 5);
		assertThat(commit(LIMITS, covered, order("t", 3, 100, 5))).as("the allowance is 5")
			.containsOnlyKeys(covered.commitment().id());
		assertThat(commit(LIMITS, order("t", 2, 12, 4))).isEmpty();
		assertThat(commit(LIMITS, order("t", 2, 12, 5))).hasSize(1);
	}

	@Test
	void whatThePayerHasSignedIsKeptWithACommitmentAndWithNothingElse() {
		PaymentEvidence signed = new PaymentEvidence("key", "statement", "signature");
		CommitmentOrder made = signed(order("k", 7), signed);
		CommitmentOrder declined = signed(order("k", 41), signed);
		commit(LIMITS, made, declined);
		assertThat(this.node.evidence().find(made.commitment().id())).singleElement()
			.satisfies((kept) -> assertThat(kept.evidence()).isEqualTo(signed));
		assertThat(this.jdbc.sql("select count(*) from payment_evidence").query(Integer.class).single()).isOne();
	}

	private CommitmentOrder signed(CommitmentOrder order, PaymentEvidence signed) {
		return new CommitmentOrder(order.commitment(), this.node.account(session(order.account().key()), signed),
				order.key(), order.delivery(), order.funds(), null);
	}

	@Test
	void identifierPaysOnceDeferredOrAtOnce() {
		commit(LIMITS, order("k", 7, "pay_1234567890123"));
		assertThat(commit(LIMITS, order("k", 7, "pay_1234567890123"))).isEmpty();
		assertThat(reserve("k", 7, "pay_1234567890123")).isInstanceOf(Reservation.Repeated.class);
		reserve("k", 5, "pay_of_one_at_once");
		assertThat(commit(LIMITS, order("k", 5, "pay_of_one_at_once"), order("k", 6, "pay_twice_together"),
				order("k", 6, "pay_twice_together")))
			.hasSize(1);
		assertThat(session("k").reserved()).isEqualTo(18);
		assertThat(session("k").committed()).isEqualTo(13);
	}

	@Test
	void paymentAtOnceWaitsForWhoeverCommitsOnAnotherNode() {
		reserve("k", 7, "pay_1234567890123");
		assertThat(this.jdbc.sql("select count(*) from allowance_lock where payer = 'p'").query(Integer.class).single())
			.isOne();
	}

	@Test
	void creditWithOneRecipientIsWhatWasPaidToItLately() {
		assertThat(commit(limits(50, 80, 120, 0), order("k", 1))).isEmpty();
		pay("k", 9);
		assertThat(commit(limits(50, 80, 120, 0), order("k", 10))).isEmpty();
		assertThat(commit(limits(50, 80, 120, 0), order("l", 1))).as("to another recipient").isEmpty();
		assertThat(commit(limits(50, 80, 120, 0), order("k", 4), order("k", 4), order("k", 4))).hasSize(2);
		this.jdbc.sql("update payment_day set day = day - 31").update();
		assertThat(commit(limits(50, 80, 120, 0), order("k", 1))).isEmpty();
	}

	@Test
	void payerRecipientAndOperatorHaveLimitsOfTheirOwn() {
		assertThat(commit(LIMITS, order("k", 41))).as("with the recipient").isEmpty();
		assertThat(commit(LIMITS, order("k", 40), order("l", 11), order("l", 10))).as("the payer").hasSize(2);
		assertThat(commit(LIMITS, order("m", 40), order("m", 1))).as("the recipient").hasSize(1);
		assertThat(commit(LIMITS, order("n", 31), order("n", 30), order("n", 1))).as("the operator").hasSize(1);
	}

	@Test
	void lossesOfADayCountForTheRecipient() {
		commit(LIMITS, order("k", 40));
		this.node.unitOfWork().perform(() -> this.node.lending().lost(parties("k"), BigInteger.valueOf(40)));
		assertThat(commit(LIMITS, order("m", 40))).hasSize(1);
		assertThat(commit(LIMITS, order("k", 1))).isEmpty();
		this.jdbc.sql("update payment_day set day = day - 2").update();
		assertThat(commit(LIMITS, order("k", 1))).hasSize(1);
	}

	@Test
	void balanceAndAllowanceCoverWhatIsOpenInAllSessionsOfThePayer() {
		reserve("l", 20, "pay_1234567890123");
		assertThat(commit(LIMITS, order("k", 11, 30, 100))).isEmpty();
		assertThat(commit(LIMITS, order("k", 11, 100, 30))).isEmpty();
		assertThat(commit(LIMITS, order("k", 6, 30, 30), order("k", 6, 30, 30))).hasSize(1);
		assertThat(commit(LIMITS, order("m", 30, 30, 30))).as("another payer").hasSize(1);
	}

	@Test
	void whatALaterLedgerHasPaidIsNotInTheBalanceYet() {
		pay("k", 20);
		assertThat(commit(LIMITS, order("k", 11, 30, 30, 100))).isEmpty();
		assertThat(commit(LIMITS, order("k", 11, 30, 30, 101))).hasSize(1);
	}

	@Test
	void balanceFromBeforeWhatAnotherNodeHasSeenLongAgoIsNone() {
		pay("k", 1);
		assertThat(commit(LIMITS, order("k", 1, 90, 90, 98))).isEmpty();
		assertThat(commit(LIMITS, order("k", 1, 90, 90, 99))).hasSize(1);
	}

	@Test
	void whatIsOpenIsKnownWithTheLedgerOfItsFunds() {
		commit(LIMITS, order("k", 1, 90, 90, 77));
		assertThat(this.node.redemptions().open(parties("k"), false, 10)).singleElement()
			.satisfies((open) -> assertThat(open.fundedIn()).isEqualTo(77));
	}

	@Test
	void payerWhoLeftACommitmentUnpaidGetsNoMore() {
		CommitmentOrder order = order("k", 5);
		commit(LIMITS, order);
		for (String status : List.of("DEFAULTED", "WRITTEN_OFF")) {
			this.jdbc.sql("update settlement set status = :status, defaulted = true").param("status", status).update();
			assertThat(commit(LIMITS, order("l", 5))).isEmpty();
		}
		assertThat(commit(LIMITS, order("m", 5))).hasSize(1);
	}

	@Test
	void whatASessionHasNotLeftSettlesAtOnceAndCountsForNothing() {
		session("small", "y", "r", 10);
		assertThat(commit(LIMITS, order("small", 6), order("small", 6), order("m", 5))).hasSize(1);
		assertThat(this.jdbc.sql("select count(*) from settlement").query(Integer.class).single()).isOne();
		this.jdbc.sql("update payment_session set superseded = true where id = 'm'").update();
		assertThat(commit(LIMITS, order("m", 5))).as("it has ended").isEmpty();
		assertThat(exposure()).isEqualTo(5);
		CommitmentOrder stolen = order("k", 5);
		this.jdbc.sql("update payment_session set proven = true where id = 'k'").update();
		assertThat(commit(LIMITS, stolen)).as("it has changed hands").isEmpty();
	}

	@Test
	void transactionThatPaysGivesCreditBackAndOneThatDiesGivesCommitmentsBack() {
		CommitmentOrder first = order("k", 15);
		CommitmentOrder second = order("k", 10);
		commit(LIMITS, first, second);
		SubmittedTransaction dead = carry(first, second);
		assertThat(session("k").inMotion()).isEqualTo(25);
		this.node.books().close(dead, Outcome.dead("late"));
		assertThat(session("k").committed()).isEqualTo(25);
		assertThat(session("k").reserved()).isEqualTo(25);
		assertThat(this.node.redemptions().open()).singleElement()
			.satisfies((open) -> assertThat(open.amount()).isEqualTo(25));
		assertThat(exposure()).isEqualTo(25);
		SubmittedTransaction paid = carry(first, second);
		this.node.books().close(paid, Outcome.confirmed(101));
		assertThat(session("k").spent()).isEqualTo(25);
		assertThat(session("k").reserved()).isZero();
		assertThat(session("k").committed()).isZero();
		assertThat(exposure()).isZero();
		assertThat(this.node.books().mendSums("k")).as("the sums are right").isFalse();
		assertThat(this.node.commitments().find(first.commitment().id())).contains(new CommitmentState(
				DeferralStatus.CONFIRMED, paid.hash(), 101L, BigInteger.valueOf(15), first.key().id()));
		assertThat(this.node.deliveries().find("k", first.key())).get()
			.extracting(KnownPayment::transaction)
			.isEqualTo(first.commitment().id());
	}

	@Test
	void sumsThatAreWrongAreMadeAgain() {
		commit(LIMITS, order("k", 15), order("k", 5));
		this.jdbc.sql("update payment_session set committed = 3 where id = 'k'").update();
		this.jdbc.sql("update deferred_exposure set amount = amount + 9 where payer = 'p' or payer = ''").update();
		assertThat(this.node.recordedSessions().sumsAfter("", 0, 10)).anyMatch((sums) -> sums.committed() == 3);
		assertThat(this.node.books().mendSums("k")).isTrue();
		assertThat(session("k").committed()).isEqualTo(20);
		assertThat(exposure()).isEqualTo(20);
		assertThat(this.node.books().mendSums("k")).isFalse();
	}

	@Test
	void nodesThatCommitAtOnceNeverLendMoreThanALimit() throws Exception {
		List<Thread> nodes = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			TestStore store = this.database.store();
			Thread thread = new Thread(() -> {
				for (int round = 0; round < 15; round++) {
					batch(store, limits(50, 80, 120, 50)).commit(List.of(order("k", 1), order("l", 1), order("m", 1)));
				}
			});
			nodes.add(thread);
			thread.start();
		}
		for (Thread thread : nodes) {
			thread.join();
		}
		assertThat(sum("payer = 'p'")).isEqualTo(50);
		assertThat(sum("recipient = 'r'")).isLessThanOrEqualTo(80);
		assertThat(exposure()).isEqualTo(sum("true"));
	}

	@Test
	void whatRecipientsAreOwedTogetherIsLockedByOneRowHoweverManyTheyAre() {
		Set<String> recipients = new HashSet<>(Set.of("r", "other"));
		for (int i = 0; i < 1_500; i++) {
			recipients.add("recipient-" + i);
		}
		RecipientLimits together = new Shared(new RecipientLimits.OpenLimit("shop", recipients, BigInteger.TEN),
				Set.of());
		CommitmentBatch batch = new CommitmentBatch(this.node.unitOfWork(), this.node.accounts(), this.node.lending(),
				LIMITS, together);
		assertThat(batch.commit(List.of(order("k", 6)))).hasSize(1);
		assertThat(batch.commit(List.of(order("l", 5), order("l", 4), order("n", 9)))).hasSize(2);
		assertThat(this.jdbc.sql("select recipient from deferred_exposure where payer = ''").query(String.class).list())
			.containsExactlyInAnyOrder("", "shop", "r", "other", "third");
	}

	@Test
	void whatARecipientMayNotBePaidIsToldAndTakenOutAgain() {
		CommitmentOrder paid = order("k", 6);
		CommitmentOrder limited = order("l", 5);
		CommitmentOrder atOnce = order("k", 41);
		CommitmentBatch batch = new CommitmentBatch(this.node.unitOfWork(), this.node.accounts(), this.node.lending(),
				LIMITS, new Shared(null, Set.of("other")));
		assertThat(batch.commit(List.of(paid, limited, atOnce)))
			.containsOnlyKeys(paid.commitment().id(), limited.commitment().id())
			.containsEntry(limited.commitment().id(), CommitmentResult.LIMITED);
		assertThat(this.jdbc.sql("select id from settlement").query(String.class).list())
			.containsExactly(paid.commitment().id());
		assertThat(session("l").reserved()).isZero();
		assertThat(exposure()).isEqualTo(6);
	}

	private Map<String, FundingBalance> commit(ExposureLimits limits, CommitmentOrder... orders) {
		Map<String, FundingBalance> balances = new HashMap<>();
		batch(this.node, limits).commit(List.of(orders)).forEach((id, result) -> balances.put(id, result.balance()));
		return balances;
	}

	private static CommitmentBatch batch(TestStore store, ExposureLimits limits) {
		return new CommitmentBatch(store.unitOfWork(), store.accounts(), store.lending(), limits, RecipientLimits.NONE);
	}

	private static ExposureLimits limits(long payer, long recipient, long total, long first) {
		return new ExposureLimits(BigInteger.valueOf(payer), BigInteger.valueOf(recipient), BigInteger.valueOf(total),
				BigInteger.valueOf(first));
	}

	private CommitmentOrder order(String session, long amount) {
		return order(session, amount, "pay_" + UUID.randomUUID());
	}

	private CommitmentOrder order(String session, long amount, String paymentId) {
		return order(session, amount, new PayerFunds(100, BigInteger.TEN.pow(10), BigInteger.TEN.pow(10)), paymentId);
	}

	private CommitmentOrder order(String session, long amount, long balance, long allowance) {
		return order(session, amount, balance, allowance, 100);
	}

	private CommitmentOrder order(String session, long amount, long balance, long allowance, long ledger) {
		return order(session, amount,
				new PayerFunds(ledger, BigInteger.valueOf(balance), BigInteger.valueOf(allowance)),
				"pay_" + UUID.randomUUID());
	}

	private CommitmentOrder order(String key, long amount, PayerFunds funds, String paymentId) {
		Session session = session(key);
		Commitment commitment = new Commitment(CommitmentId.next(), key, transfer(session, amount), 900);
		return new CommitmentOrder(commitment, this.node.account(session), new PaymentKey(paymentId, "terms", false),
				new OutcomeDelivery(UUID.randomUUID().toString(), key, commitment.id(), true, false), funds, null);
	}

	private static Transfer transfer(Session session, long amount) {
		return new Transfer(session.terms().asset(), session.terms().payer(), session.terms().recipient(),
				BigInteger.valueOf(amount));
	}

	private Parties parties(String session) {
		return transfer(session(session), 1).parties();
	}

	private Reservation reserve(String key, long amount, String paymentId) {
		Session session = session(key);
		return this.node.books()
			.reserve(this.node.order(session, transfer(session, amount)), new PaymentKey(paymentId, "terms", false),
					PATIENCE);
	}

	/** Pay at once, in ledger 101. */
	private void pay(String session, long amount) {
		Reservation.Made made = (Reservation.Made) reserve(session, amount, "pay_at_once_" + amount);
		Channels channels = channels();
		SubmittedTransaction submitted = transaction();
		this.node.books().open(List.of(made.settlement()), submitted, channels.lease(ChannelUse.CALL, Duration.ZERO));
		this.node.books().close(submitted, Outcome.confirmed(101));
	}

	private SubmittedTransaction carry(CommitmentOrder... orders) {
		SubmittedTransaction submitted = transaction();
		List<Settlement> members = Stream.of(orders)
			.map((order) -> new Settlement(order.commitment().id(), order.account().key(),
					order.commitment().transfer(), 900, true))
			.toList();
		this.node.books().open(members, submitted, channels().lease(ChannelUse.LATER, Duration.ZERO));
		return submitted;
	}

	private SubmittedTransaction transaction() {
		int number = ++this.payments;
		return new SubmittedTransaction(
				new SignedTransaction("hash" + number, "envelope", this.spender.address(), number, 1_045), 100, null);
	}

	private Channels channels() {
		Channels channels = new Channels(this.node.leases(),
				new ChannelKeys(TestSpenders.of(this.spender), TestSpenders.secrets(this.spender), 0),
				Duration.ofMinutes(1));
		channels.open(0, this.spender.address());
		return channels;
	}

	private Session session(String key) {
		return this.node.sessions().get(key);
	}

	private void session(String key, String payer, String recipient, long cap) {
		StoredRow.session(key)
			.with("token_hash", key + "0123456789abcdef")
			.with("proven", false)
			.with("payer", payer)
			.with("recipient", recipient)
			.with("cap", cap)
			.with("expiration_ledger", 1_000)
			.insert(this.jdbc);
	}

	private long exposure() {
		return this.jdbc
			.sql("select coalesce(sum(amount), 0) from deferred_exposure where payer = '' and recipient = ''")
			.query(Long.class)
			.single();
	}

	private long sum(String condition) {
		return this.jdbc
			.sql("select coalesce(sum(amount), 0) from settlement where status = 'COMMITTED' and " + condition)
			.query(Long.class)
			.single();
	}

	/** All may be owed so much together, and some may be paid nothing. */
	private record Shared(OpenLimit open, Set<String> unpaid) implements RecipientLimits {

		@Override
		public String counted(Transfer transfer) {
			return null;
		}

		@Override
		public Set<String> count(Map<String, Transfer> settlements) {
			return settlements.keySet()
				.stream()
				.filter((id) -> this.unpaid.contains(settlements.get(id).to()))
				.collect(Collectors.toSet());
		}

		@Override
		public void lock(String transaction) {
		}

		@Override
		public Optional<OpenLimit> open(String recipient) {
			return Optional.ofNullable(this.open).filter((limit) -> limit.recipients().contains(recipient));
		}

		@Override
		public boolean mayDefer(String recipient) {
			return true;
		}

	}

}
