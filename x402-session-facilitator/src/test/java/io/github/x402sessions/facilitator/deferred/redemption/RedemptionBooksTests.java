package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.deferred.Lending;
import io.github.x402sessions.facilitator.session.AllowanceReduction;
import io.github.x402sessions.facilitator.session.NewSession;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionId;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What the books say of commitments that are carried, given back, in default and given
 * up.
 */
class RedemptionBooksTests {

	private static final Parties PARTIES = new Parties("C", "p", "r");

	private static final Duration TERM = Duration.ofMinutes(1);

	private TestDatabase database;

	private JdbcClient jdbc;

	private TestStore store;

	private RedemptionRepository commitments;

	private RedemptionBooks books;

	@AfterEach
	void close() {
		this.database.close();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void openIsReadFromTheSumsOfSessions(Dialect dialect) {
		open(dialect);
		assertThat(this.commitments.open()).singleElement().satisfies((open) -> {
			assertThat(open.parties()).isEqualTo(PARTIES);
			assertThat(open.amount()).isEqualTo(60);
			assertThat(open.count()).isEqualTo(3);
			assertThat(open.oldest()).hasToString("1970-01-01T00:00:00.001Z");
			assertThat(open.lastLedger()).isEqualTo(900);
			assertThat(open.ended()).isFalse();
			assertThat(open.defaulted()).isFalse();
		});
		assertThat(this.commitments.open(PARTIES, false, 2)).extracting(OpenCommitment::id)
			.containsExactly("one", "two");
		assertThat(this.commitments.open(PARTIES, true, 2)).isEmpty();
		assertThat(this.commitments.isAwaited("k")).isTrue();
	}

	/** Its key may be lost, or is on other nodes. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatNoSpenderHereCanTakeWaitsForItsEndOnly(Dialect dialect) {
		open(dialect, "another");
		assertThat(this.commitments.open()).singleElement().satisfies((open) -> {
			assertThat(open.isWaiting()).isFalse();
			assertThat(open.transactions()).isZero();
			assertThat(open.amount()).isEqualTo(60);
			assertThat(open.lastLedger()).isEqualTo(900);
		});
		assertThat(this.commitments.open(PARTIES, false, 2)).isEmpty();
		assertThat(this.commitments.openOfAny(PARTIES, false, 2)).extracting(OpenCommitment::id)
			.containsExactly("one", "two");
		assertThat(this.books.writeOff("one", (lost) -> {
		})).isPresent();
		this.jdbc.sql("update settlement set status = 'DEFAULTED', defaulted = true where id = 'two'").update();
		assertThat(this.books.writeOff(PARTIES, 900)).as("it can be paid").isZero();
		assertThat(this.books.writeOff(PARTIES, 901)).isEqualTo(50);
		assertThat(session().reserved()).isZero();
		assertThat(exposure()).isZero();
		assertThat(this.commitments.open()).isEmpty();
		assertThat(this.store.books().mendSums("k")).isFalse();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void oneSpendersCommitmentsDoNotHideAnothers(Dialect dialect) {
		open(dialect, "s", "another");
		StoredRow.session("l").with("spender", "another").with("reserved", 10).with("committed", 10).insert(this.jdbc);
		StoredRow.commitment("four").with("session_id", "l").with("created_at", 4).insert(this.jdbc);
		assertThat(this.commitments.open(PARTIES, false, 2)).extracting(OpenCommitment::id)
			.containsExactly("one", "two", "four");
		assertThat(OpenCommitment.bySpender(this.commitments.open(PARTIES, false, 2))).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void noSecondTransactionCarriesACommitment(Dialect dialect) {
		open(dialect);
		SubmittedTransaction first = carry(1, "one", "two");
		assertThatIllegalStateException().isThrownBy(() -> carry(2, "two", "three"));
		assertThat(statuses()).containsExactly("one SUBMITTED", "three COMMITTED", "two SUBMITTED");
		assertThat(session().inMotion()).isEqualTo(30);
		this.store.books().close(first, Outcome.failed(101));
		assertThat(statuses()).containsExactly("one COMMITTED", "three COMMITTED", "two COMMITTED");
		assertThat(session().inMotion()).isZero();
		carry(3, "one", "two", "three");
		assertThat(this.commitments.isAwaited("k")).isTrue();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsInDefaultStaysSoUntilItIsPaid(Dialect dialect) {
		open(dialect);
		assertThat(putInDefault(1)).isEqualTo(50);
		assertThat(statuses()).containsExactly("one COMMITTED", "three DEFAULTED", "two DEFAULTED");
		assertThat(session().end()).isEqualTo(SessionEnd.DEFAULTED);
		assertThat(session().reserved()).isEqualTo(60);
		assertThat(this.commitments.setAside("C", "p")).isEqualTo(10);
		assertThat(this.commitments.owed(new AllowanceKey("C", "p", "s"), 100)).as("the session and one that lives")
			.isEqualTo(10 + 500);
		SubmittedTransaction dead = carry(1, "two", "three");
		assertThat(frozen()).isTrue();
		this.store.books().close(dead, Outcome.dead("late"));
		assertThat(statuses()).containsExactly("one COMMITTED", "three DEFAULTED", "two DEFAULTED");
		this.store.books().close(carry(2, "two", "three"), Outcome.confirmed(102));
		assertThat(statuses()).containsExactly("one COMMITTED", "three CONFIRMED", "two CONFIRMED");
		assertThat(frozen()).as("all is paid").isFalse();
		assertThat(this.store.books().mendSums("k")).isFalse();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsCommittedAfterThePayerWasLookedAtIsNotInDefault(Dialect dialect) {
		open(dialect);
		List<OpenCommitment> seen = this.commitments.open(PARTIES, false, 2);
		this.books.putInDefault(PARTIES, seen);
		assertThat(statuses()).containsExactly("one DEFAULTED", "three COMMITTED", "two DEFAULTED");
		assertThat(this.commitments.open()).singleElement().satisfies((open) -> {
			assertThat(open.ended()).isTrue();
			assertThat(open.count()).isOne();
			assertThat(open.transactions()).as("one collects").isEqualTo(2);
		});
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsNotPaidWhenItsSessionIsOverIsLost(Dialect dialect) {
		open(dialect);
		putInDefault(0);
		carry(1, "one");
		assertThat(this.books.writeOff(PARTIES, 900)).isZero();
		assertThat(this.books.writeOff(PARTIES, 901)).isEqualTo(50);
		assertThat(statuses()).containsExactly("one SUBMITTED", "three WRITTEN_OFF", "two WRITTEN_OFF");
		assertThat(session().reserved()).isEqualTo(10);
		assertThat(session().committed()).isZero();
		assertThat(this.jdbc.sql("select lost from payment_day where lost > 0 and recipient = 'r'")
			.query(Long.class)
			.single()).isEqualTo(50);
		assertThat(exposure()).isEqualTo(10);
		assertThat(frozen()).isTrue();
		assertThat(this.store.books().mendSums("k")).isFalse();
	}

	/** As reconcile --repair does. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void transactionThatHasPaidAfterAllHasWhatItCarried(Dialect dialect) {
		open(dialect);
		SubmittedTransaction first = carry(1, "one", "two");
		this.store.books().close(first, Outcome.dead("by mistake"));
		this.store.books().close(carry(2, "two"), Outcome.confirmed(103));
		assertThat(this.store.books().correct(first.hash(), "DEAD", Outcome.confirmed(101)).orElseThrow())
			.as("paid twice")
			.isOne();
		assertThat(statuses()).containsExactly("one CONFIRMED", "three COMMITTED", "two CONFIRMED");
		assertThat(session().spent()).isEqualTo(30);
		assertThat(session().committed()).isEqualTo(30);
		assertThat(this.store.books().correct(first.hash(), "CONFIRMED", Outcome.failed(101))).isPresent();
		assertThat(statuses()).containsExactly("one COMMITTED", "three COMMITTED", "two CONFIRMED");
		assertThat(session().committed()).isEqualTo(40);
		assertThat(exposure()).isEqualTo(40);
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsPromisedToARecipientKeepsItsSessionFromAnother(Dialect dialect) {
		open(dialect);
		this.jdbc.sql("update payment_session set proven = false where id = 'k'").update();
		assertThat(replace("another")).isFalse();
		this.store.books().close(carry(1, "one", "two", "three"), Outcome.confirmed(101));
		assertThat(replace("another")).as("all is paid").isTrue();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void signedSessionOfTheSameRecipientGoesOnWithWhatIsCommitted(Dialect dialect) {
		open(dialect);
		this.jdbc.sql("update payment_session set proven = false where id = 'k'").update();
		assertThat(replace("r")).isTrue();
		assertThat(this.commitments.open()).singleElement().extracting(OpenParties::parties).isEqualTo(PARTIES);
	}

	/** As reconcile --repair may find. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatWasNotPaidAfterAllIsOpenThoughItsSessionIsForAnotherNow(Dialect dialect) {
		open(dialect);
		this.jdbc.sql("update payment_session set proven = false where id = 'k'").update();
		SubmittedTransaction paid = carry(1, "one", "two", "three");
		this.store.books().close(paid, Outcome.confirmed(101));
		assertThat(replace("another")).isTrue();
		this.store.books().correct(paid.hash(), "CONFIRMED", Outcome.failed(101));
		assertThat(this.commitments.open()).singleElement().satisfies((open) -> {
			assertThat(open.parties()).isEqualTo(PARTIES);
			assertThat(open.oldest()).isNotNull();
			assertThat(open.lastLedger()).isEqualTo(900);
		});
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void noSignatureRevivesASessionInDefault(Dialect dialect) {
		open(dialect);
		this.jdbc.sql("update payment_session set proven = false where id = 'k'").update();
		putInDefault(0);
		assertThat(replace("r")).isFalse();
		assertThat(session().end()).isEqualTo(SessionEnd.DEFAULTED);
	}

	private BigInteger putInDefault(int payable) {
		List<OpenCommitment> all = this.commitments.open(PARTIES, false, 3);
		return this.books.putInDefault(PARTIES, all.subList(payable, all.size()));
	}

	private boolean replace(String recipient) {
		Session old = session();
		SessionTerms terms = old.terms();
		SessionTerms signed = new SessionTerms(terms.network(), terms.approval(), terms.payer(), terms.spender(),
				terms.asset(), recipient, terms.cap(), terms.expirationLedger(), null);
		Approval approval = new Approval(terms.approval(), terms.asset(), terms.payer(), terms.spender(), terms.cap(),
				terms.expirationLedger(), old.approvedIn());
		return this.store.sessions()
			.add(new NewSession(new SessionId("signed"), signed, approval, true, old),
					this.store.sessions().entitled(terms.allowance(), terms.network(), 100), AllowanceReduction.NONE,
					100);
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatWasNotPaidAfterAllIsLentAgainAndNotEarned(Dialect dialect) {
		open(dialect);
		SubmittedTransaction paid = carry(1, "one", "two", "three");
		this.store.books().close(paid, Outcome.confirmed(101));
		assertThat(lending().earned()).isEqualTo(60);
		this.store.books().correct(paid.hash(), "CONFIRMED", Outcome.failed(101));
		assertThat(lending().earned()).isZero();
		assertThat(exposure()).isEqualTo(60);
		this.store.books().correct(paid.hash(), "FAILED", Outcome.confirmed(101));
		assertThat(lending().earned()).isEqualTo(60);
		assertThat(exposure()).isZero();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatWasGivenUpAndIsPaidIsNotLost(Dialect dialect) {
		open(dialect);
		SubmittedTransaction dead = carry(1, "one", "two", "three");
		this.store.books().close(dead, Outcome.dead("by mistake"));
		this.books.writeOff(PARTIES, 901);
		assertThat(lending().lost()).isEqualTo(60);
		this.store.books().correct(dead.hash(), "DEAD", Outcome.confirmed(101));
		assertThat(lending().lost()).isZero();
		assertThat(lending().earned()).isEqualTo(60);
		assertThat(exposure()).isZero();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsLentToManyIsRead(Dialect dialect) {
		open(dialect);
		List<Parties> many = new ArrayList<>(
				IntStream.range(0, 6_000).mapToObj((i) -> new Parties("C", "p" + i, "r" + i)).toList());
		many.add(PARTIES);
		Map<Parties, Lending> read = this.store.lending().read(many, 1);
		assertThat(read).hasSize(6_001);
		assertThat(read.get(PARTIES).toPair()).isEqualTo(60);
	}

	private Lending lending() {
		return this.store.lending().read(List.of(PARTIES), 100).get(PARTIES);
	}

	/** As reconcile --repair leaves them. */
	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatIsPromisedIsCarriedAndGivenUpThoughMoreThanTheCapWasPaid(Dialect dialect) {
		open(dialect);
		exceed();
		assertThat(session().committed()).as("all that is committed is found").isEqualTo(60);
		assertThat(session().remaining()).isZero();
		assertThat(this.store.books().mendSums("k")).as("as they were made").isFalse();
		this.store.books().close(carry(2, "one", "two"), Outcome.confirmed(102));
		assertThat(session().committed()).isEqualTo(30);
		assertThat(this.books.writeOff(PARTIES, 901)).isEqualTo(30);
		assertThat(session().reserved()).isZero();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void sumsThatAreTooSmallAreMadeAgainAndStopNothing(Dialect dialect) {
		open(dialect);
		this.jdbc.sql("update payment_session set committed = 5, reserved = 5 where id = 'k'").update();
		carry(1, "one");
		assertThat(session().committed()).isEqualTo(50);
		this.jdbc.sql("update payment_session set committed = 5, reserved = 5 where id = 'k'").update();
		assertThat(this.books.writeOff(PARTIES, 901)).isEqualTo(50);
		assertThat(session().reserved()).isEqualTo(10);
		assertThat(session().committed()).isZero();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatSeemedPaidUntilItsIdentifierWasForgottenIsOpenAgain(Dialect dialect) {
		open(dialect);
		SubmittedTransaction carrying = carry(1, "one");
		this.store.books().close(carrying, Outcome.confirmed(101));
		assertThat(this.store.settlements().forgetIdentifiers(Duration.ofDays(-1))).isOne();
		assertThat(this.store.books().correct(carrying.hash(), "CONFIRMED", Outcome.dead("it was not"))).isPresent();
		assertThat(statuses()).containsExactly("one COMMITTED", "three COMMITTED", "two COMMITTED");
		assertThat(this.store.books().mendSums("k")).isFalse();
	}

	/** An immediate payment that counted as dead has been made, and the cap is less. */
	private void exceed() {
		StoredRow.settlement("immediate", "RESERVED").with("payment_terms", "terms").insert(this.jdbc);
		this.jdbc.sql("update payment_session set reserved = reserved + 10 where id = 'k'").update();
		SubmittedTransaction immediate = open(1,
				List.of(new Settlement("immediate", "k", new Transfer("C", "p", "r", BigInteger.TEN), 900)));
		this.store.books().close(immediate, Outcome.dead("late"));
		this.jdbc.sql("update payment_session set cap = 65 where id = 'k'").update();
		assertThat(this.store.books().correct(immediate.hash(), "DEAD", Outcome.confirmed(101))).isPresent();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void claimsAreOneNodesUntilItIsGone(Dialect dialect) {
		open(dialect);
		TestStore other = this.database.store();
		this.store.nodes().beat();
		other.nodes().beat();
		assertThat(this.commitments.claim(PARTIES, TERM)).isTrue();
		assertThat(this.commitments.claim(PARTIES, TERM)).as("its own").isTrue();
		assertThat(other.redemptions().claim(PARTIES, TERM)).isFalse();
		this.commitments.unclaim(PARTIES);
		assertThat(other.redemptions().claim(PARTIES, TERM)).isTrue();
		assertThat(this.commitments.claim(PARTIES, TERM)).isFalse();
		other.nodes().leave();
		assertThat(this.commitments.claim(PARTIES, TERM)).isTrue();
	}

	private void open(Dialect dialect) {
		open(dialect, "s");
	}

	private void open(Dialect dialect, String... spenders) {
		this.database = TestDatabase.of(dialect);
		this.jdbc = this.database.jdbc();
		this.store = this.database.store();
		this.commitments = this.store.redemptions(spenders);
		this.books = new RedemptionBooks(this.store.unitOfWork(), this.commitments, this.store.accounts(),
				this.store.lending(), new IgnoredFigures());
		session("k", "r", 60);
		session("living", "other", 0);
		insert("one", 10, 1);
		insert("two", 20, 2);
		insert("three", 30, 3);
		this.store.unitOfWork().perform(() -> {
			this.store.lending().lend(Map.of(PARTIES, BigInteger.valueOf(60)));
		});
	}

	private void session(String key, String recipient, long committed) {
		StoredRow.session(key)
			.with("recipient", recipient)
			.with("cap", 500)
			.with("reserved", committed)
			.with("committed", committed)
			.insert(this.jdbc);
	}

	private void insert(String id, long amount, long created) {
		StoredRow.commitment(id)
			.with("amount", amount)
			.with("created_at", created)
			.with("updated_at", created)
			.insert(this.jdbc);
	}

	private SubmittedTransaction carry(int number, String... ids) {
		return open(number,
				List.of(ids)
					.stream()
					.map((id) -> new Settlement(id, "k", new Transfer("C", "p", "r", BigInteger.ONE), 900, true))
					.toList());
	}

	private SubmittedTransaction open(int number, List<Settlement> members) {
		SubmittedTransaction submitted = new SubmittedTransaction(
				new SignedTransaction("hash" + number, "envelope", "source" + number, 8, 1_045), 100, null);
		this.jdbc.sql("""
				insert into channel (address, spender, slot, lease, leased_until)
				values (:source, :source, 0, 'lease', 9000000000000000)""").param("source", "source" + number).update();
		this.store.books().open(members, submitted, new ChannelLease("lease", "source" + number, 7L));
		return submitted;
	}

	private Session session() {
		return this.store.sessions().get("k");
	}

	private boolean frozen() {
		return lending().frozen();
	}

	private long exposure() {
		return lending().toPair().longValueExact();
	}

	private List<String> statuses() {
		return this.jdbc.sql("select id || ' ' || status from settlement order by id").query(String.class).list();
	}

}
