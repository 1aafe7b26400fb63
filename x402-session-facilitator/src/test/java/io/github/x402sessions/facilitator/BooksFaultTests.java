package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.channel.ChannelKeys;
import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.channel.ChannelUse;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.NamedAccount;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.stellar.sdk.KeyPair;

/**
 * Whatever call to the database fails: what belongs together is written together or not
 * at all, and the next call finds the books and the pool in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BooksFaultTests {

	private static final List<String> UNITS = List.of("reserve", "reserve again", "reserve of an account", "release",
			"release what another scheme pays", "release what is torn", "release the abandoned", "forget", "open",
			"over", "confirm", "confirm what is torn", "fail", "mend", "claim", "lease", "give back", "supersede",
			"beat", "tell", "tell again", "take back", "leave", "open a channel", "cannot pay");

	private static final PaymentKey KEY = new PaymentKey("pay_1234567890123", "terms", false);

	private static final SettleDeadline PATIENCE = new SettleDeadline(Duration.ofMinutes(1));

	private final AccountKey spender = AccountKey.of(new String(KeyPair.random().getSecretSeed()));

	private final TestDatabase database = database();

	private final JdbcClient sound = this.database.jdbc();

	private final DatabaseFaults faults = DatabaseFaults.of(this.database);

	private final TestStore store = this.faults.store();

	private final Nodes nodes = this.store.nodes();

	private final SettlementBooks books = this.store.books();

	private final TransactionRepository transactions = this.store.transactions();

	private final OutcomeDeliveries deliveries = this.store.deliveries();

	private final SessionRepository sessions = this.store.sessions();

	private final Channels channels = new Channels(this.store.leases(),
			new ChannelKeys(TestSpenders.of(this.spender), TestSpenders.secrets(this.spender), 0),
			Duration.ofMinutes(1));

	private final ChannelLease lease = new ChannelLease("lease", this.spender.address(), 7L);

	private final SubmittedTransaction submitted = new SubmittedTransaction(
			new SignedTransaction("hash", "envelope", this.spender.address(), 8, 1_045), 100, null);

	abstract TestDatabase database();

	@AfterAll
	void close() {
		this.faults.close();
		this.database.close();
	}

	@ParameterizedTest
	@FieldSource("UNITS")
	void unitIsWholeWhateverCallFails(String name) {
		this.faults.strike(() -> prepare(name), units().get(name));
	}

	private Map<String, Runnable> units() {
		return Map.ofEntries(Map.entry("reserve", this::reserve), Map.entry("reserve again", this::reserve),
				Map.entry("reserve of an account", this::reserveOfAnAccount),
				Map.entry("release what another scheme pays", () -> this.books.release("third", "stop")),
				Map.entry("release", () -> this.books.release("first", "stop")),
				Map.entry("release what is torn", () -> this.books.release("first", "stop")),
				Map.entry("release the abandoned", () -> this.books.releaseAbandoned(Duration.ofHours(1))),
				Map.entry("forget", () -> this.store.settlements().forgetIdentifiers(Duration.ofDays(1))),
				Map.entry("open",
						() -> this.books.open(List.of(settlement("first"), settlement("second")), this.submitted,
								this.lease)),
				Map.entry("over", () -> this.books.over("hash")),
				Map.entry("confirm", () -> this.books.close(this.submitted, Outcome.confirmed(101))),
				Map.entry("confirm what is torn", () -> this.books.close(this.submitted, Outcome.confirmed(101))),
				Map.entry("fail", () -> this.books.close(this.submitted, Outcome.failed(101))),
				Map.entry("mend", this.books::mend), Map.entry("claim", this.transactions::claim),
				Map.entry("lease", () -> this.channels.lease(ChannelUse.CALL, Duration.ZERO)),
				Map.entry("give back", () -> this.channels.giveBack(this.lease)),
				Map.entry("supersede", () -> this.sessions.end("k", SessionEnd.SUPERSEDED)),
				Map.entry("beat", this.nodes::beat),
				Map.entry("tell", () -> this.deliveries.tell(settlement("first"), KEY, PATIENCE)),
				Map.entry("tell again",
						() -> this.deliveries.tellRepeated("k",
								new KnownPayment("first", "terms", true, false, "hash", null, null), KEY)),
				Map.entry("take back",
						() -> this.deliveries.takeBack(new OutcomeDelivery("telling", "k", "first", true, false))),
				Map.entry("arrive",
						() -> this.deliveries.arrived(new OutcomeDelivery("telling", "k", "first", false, false))),
				Map.entry("leave", () -> this.deliveries.leave("k", "first")),
				Map.entry("open a channel", () -> this.channels.open(1, "other")),
				Map.entry("cannot pay", () -> this.channels.setSolvent(this.spender.address(), false)));
	}

	/** With an identifier, so that a call that is repeated changes nothing more. */
	private void reserve() {
		this.books.reserve(this.store.order(this.sessions.get("k"), transfer(3)), KEY, PATIENCE);
	}

	private void reserveOfAnAccount() {
		this.books.reserve(new TransferOrder(new NamedAccount("exact:p", null), transfer(3), 900),
				new PaymentKey("17", "terms", false, "pay_1234567890123"), PATIENCE);
	}

	private void prepare(String unit) {
		boolean torn = unit.endsWith("torn");
		boolean sent = Stream.of("over", "confirm", "fail", "mend", "claim").anyMatch(unit::startsWith);
		session(torn ? 1 : 11);
		this.sound.sql("insert into channel (address, spender, slot, lease, leased_until) values (:a, :a, 0, :l, :u)")
			.param("a", this.spender.address())
			.param("l", unit.equals("lease") ? null : this.lease.id())
			.param("u", unit.equals("lease") ? 0 : Long.MAX_VALUE)
			.update();
		if (sent) {
			StoredRow.transaction("hash", unit.equals("mend") ? "CONFIRMED" : "OPEN")
				.with("source", this.spender.address())
				.with("ledger", unit.equals("mend") ? 101 : null)
				.with("node", "gone")
				.insert(this.sound);
		}
		if (!unit.equals("reserve")) {
			settle("first", 5, unit.equals("forget") ? "RELEASED" : sent ? "SUBMITTED" : "RESERVED", sent);
			settle("second", 6, sent ? "SUBMITTED" : "RESERVED", sent);
			settle("third", 7, sent ? "SUBMITTED" : "RESERVED", sent, "exact:p");
		}
		if (unit.startsWith("tell")) {
			this.sound.sql("update settlement set told = false, waited_until = 0").update();
		}
		if (unit.equals("leave")) {
			this.sound.sql("update settlement set told = false").update();
		}
		if (unit.equals("take back")) {
			this.sound.sql("update settlement set telling = 'telling' where id = 'first'").update();
		}
		if (unit.equals("release the abandoned")) {
			this.sound.sql("update settlement set node = :self, created_at = :now where id in ('second', 'third')")
				.param("self", this.nodes.self())
				.param("now", Long.MAX_VALUE)
				.update();
			this.sound.sql("insert into facilitator_node (id, alive_until) values (:self, :until)")
				.param("self", this.nodes.self())
				.param("until", Long.MAX_VALUE)
				.update();
		}
	}

	private void session(long reserved) {
		StoredRow.session("k").with("proven", false).with("cap", 100).with("reserved", reserved).insert(this.sound);
	}

	private void settle(String id, long amount, String status, boolean sent) {
		settle(id, amount, status, sent, null);
	}

	/** What an account pays that is no session has a second name, too. */
	private void settle(String id, long amount, String status, boolean sent, String account) {
		StoredRow.settlement(id, status)
			.with("session_id", (account != null) ? null : "k")
			.with("account", account)
			.with("payment_alias", (account != null) ? "alias" : null)
			.with("amount", amount)
			.with("tx_hash", sent ? "hash" : null)
			.with("node", "gone")
			.with("payment_id", id)
			.with("payment_terms", "terms")
			.insert(this.sound);
	}

	private static Settlement settlement(String id) {
		return new Settlement(id, "k", transfer(5), 10);
	}

	private static Transfer transfer(long amount) {
		return new Transfer("C", "p", "r", BigInteger.valueOf(amount));
	}

}
