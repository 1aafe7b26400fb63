package io.github.x402sessions.facilitator.merchant;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.Burst;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.access.AccessDeniedException;
import io.github.x402sessions.facilitator.access.ApiKey;
import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.audit.AuditRecord;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimitException;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.Reservation;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is kept of merchants and their keys, and what is counted for them.
 */
abstract class MerchantStoreTests {

	private static final Actor ALICE = Actor.operator("alice", "127.0.0.1");

	private final String recipient = KeyPair.random().getAccountId();

	private final String other = KeyPair.random().getAccountId();

	private TestDatabase database;

	private TestStore store;

	private MerchantRepository merchants;

	private MerchantRegistry registry;

	private MerchantDirectory directory;

	abstract TestDatabase database();

	@BeforeEach
	void open() {
		this.database = database();
		this.store = this.database.store();
		this.merchants = this.store.merchants();
		this.registry = registry(new ConfiguredServers(
				List.of(new ApiKey("static", "0".repeat(64), Set.of(KeyPair.random().getAccountId())))));
		this.directory = new MerchantDirectory(this.merchants, this.database.clock());
	}

	private MerchantRegistry registry(ConfiguredServers configured) {
		return new MerchantRegistry(this.merchants, configured, new Audit(this.store.audit(), this.store.unitOfWork()),
				this.database.clock(), () -> {
				});
	}

	@AfterEach
	void close() {
		this.directory.close();
		this.database.close();
	}

	@Test
	void merchantIsAsItWasMadeAndChanged() {
		Merchant made = create("shop-1", "100", "1000", "500");
		assertThat(this.registry.get("shop-1")).isEqualTo(made);
		assertThat(this.registry.all()).containsExactly(made);
		Merchant changed = this.registry.change(ALICE, "shop-1", new MerchantRequest(null,
				List.of(this.other, this.recipient), null, List.of("session"), "0", null, "7", null));
		assertThat(this.registry.get("shop-1")).isEqualTo(changed);
		assertThat(changed.terms()).isEqualTo(MerchantTerms.of(List.of(this.recipient, this.other), List.of(),
				List.of("session"), new MerchantLimits(null, BigInteger.valueOf(1000), BigInteger.valueOf(7))));
		assertThat(this.registry.pause(ALICE, "shop-1", true, null).paused()).isTrue();
		assertThat(this.registry.pause(ALICE, "shop-1", false, null)).isEqualTo(changed);
		assertThat(this.merchants.version()).isEqualTo(4);
		assertThat(audit()).containsExactly("merchant.create done", "merchant.change done", "merchant.pause done",
				"merchant.resume done");
	}

	@Test
	void nameAndRecipientAreOneMerchantsAndNotTheConfigurations() {
		create("shop-1", null, null, null);
		assertTaken(request("shop-1", this.other));
		assertTaken(request("shop-2", this.recipient));
		assertTaken(request("static", this.other));
		Merchant second = this.registry.create(ALICE, request("shop-2", this.other));
		assertThatExceptionOfType(InvalidMerchantException.class)
			.isThrownBy(() -> this.registry.change(ALICE, "shop-2", request(null, this.recipient)));
		assertThat(this.registry.get("shop-2")).isEqualTo(second);
		MerchantRegistry elsewhere = registry(
				new ConfiguredServers(List.of(new ApiKey("x", "0".repeat(64), Set.of(this.other)))));
		assertThatExceptionOfType(InvalidMerchantException.class)
			.isThrownBy(() -> elsewhere.change(ALICE, "shop-2", request(null, this.other)))
			.withMessageContaining(this.other);
		assertThat(audit()).filteredOn((row) -> row.endsWith("refused")).hasSize(5);
	}

	@Test
	void whatIsNotOfItsFormIsRefusedByName() {
		assertInvalid(request("Shop", this.recipient), "'name'");
		assertInvalid(request("shop", "GNOBODY"), "'recipients'");
		assertInvalid(new MerchantRequest("shop", List.of(this.recipient), List.of(this.recipient), null, null, null,
				null, null), "'assets'");
		assertInvalid(
				new MerchantRequest("shop", List.of(this.recipient), null, List.of("deferred"), null, null, null, null),
				"'schemes'");
		assertInvalid(new MerchantRequest("shop", List.of(this.recipient), null, null, "1.5", null, null, null),
				"'perCall'");
		assertThatExceptionOfType(InvalidMerchantException.class).isThrownBy(() -> this.registry.get("nobody"))
			.matches((refusal) -> refusal.kind() == InvalidMerchantException.Kind.UNKNOWN);
	}

	@Test
	void keyIsKnownByItsHashAloneUntilItIsRevokedOrEnds() {
		create("shop", null, null, null);
		IssuedKey first = this.registry.addKey(ALICE, "shop", new KeyRequest("first", null, null, null));
		assertThat(first.secret()).startsWith("x402m_").hasSize(49);
		assertThat(first.toString()).doesNotContain(first.secret().substring(6));
		assertThat(this.directory.find(first.secret())).hasValueSatisfying((key) -> {
			assertThat(key.name()).isEqualTo("shop");
			assertThat(key.recipients()).containsExactly(this.recipient);
		});
		IssuedKey second = this.registry.rotate(ALICE, "shop", new KeyRequest("second", "90d", null, null),
				Duration.ofHours(24));
		assertThat(this.directory.find(second.secret())).as("at once, though another node has made it").isPresent();
		assertThat(this.directory.find(first.secret())).as("for a day").isPresent();
		Instant ends = this.registry.keys(this.registry.get("shop")).get(0).expires();
		assertThat(ends).isBetween(this.database.clock().instant().plus(Duration.ofHours(23)),
				this.database.clock().instant().plus(Duration.ofHours(25)));
		this.registry.revoke(ALICE, "shop", first.key().id(), null);
		this.directory.round();
		assertThat(this.directory.find(first.secret())).isEmpty();
		this.registry.rotate(ALICE, "shop", new KeyRequest(null, null, null, null), Duration.ZERO);
		this.directory.round();
		assertThat(this.directory.find(second.secret())).as("ends at once").isEmpty();
		assertThat(this.directory.find("x402m_" + "a".repeat(43))).isEmpty();
		String rows = this.store.audit().after(0, 100).toString();
		assertThat(rows).doesNotContain(first.secret(), first.key().hash(), second.secret(), second.key().hash());
	}

	@Test
	void useOfAKeyIsWrittenDownOnceAMinute() {
		create("shop", null, null, null);
		IssuedKey key = this.registry.addKey(ALICE, "shop", new KeyRequest(null, null, null, null));
		assertThat(this.directory.find(key.secret())).isPresent();
		assertThat(lastUsed()).isNull();
		this.directory.round();
		Instant first = lastUsed();
		assertThat(first).isNotNull();
		this.merchants.used(key.key().id(), first.plusSeconds(59));
		assertThat(lastUsed()).isEqualTo(first);
		this.merchants.used(key.key().id(), first.plusSeconds(60));
		assertThat(lastUsed()).isEqualTo(first.plusSeconds(60));
	}

	@Test
	void withoutItsDatabaseNobodyIsLetInWhoIsNotKnown() {
		create("shop", null, null, null);
		IssuedKey known = this.registry.addKey(ALICE, "shop", new KeyRequest(null, null, null, null));
		HikariDataSource pool = this.database.pool();
		MerchantDirectory node = new MerchantDirectory(this.database.store(pool).merchants(), this.database.clock());
		assertThat(node.find(known.secret())).isPresent();
		pool.close();
		assertThat(node.find(known.secret())).as("what was read a moment ago").isPresent();
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> node.find("x402m_" + "b".repeat(43)))
			.matches((refusal) -> refusal.kind() == AccessDeniedException.Kind.UNAVAILABLE);
		assertThat(node.find("another text")).as("costs nothing").isEmpty();
	}

	@Test
	void whoeverGuessesCostsTheDatabaseLittle() {
		AtomicInteger refused = new AtomicInteger();
		for (int i = 0; i < 1_000; i++) {
			String guess = "x402m_" + "%043d".formatted(i);
			try {
				assertThat(this.directory.find(guess)).isEmpty();
			}
			catch (AccessDeniedException ex) {
				assertThat(ex.kind()).isEqualTo(AccessDeniedException.Kind.UNAVAILABLE);
				refused.incrementAndGet();
			}
		}
		assertThat(refused.get()).isPositive();
	}

	@Test
	void burstIsCountedToTheUnitAndWhatIsNotPaidIsGivenBack() throws Exception {
		create("shop", null, "50", null);
		insertSession();
		this.directory.round();
		List<SettlementBooks> nodes = List.of(books(), books());
		assertThat(Burst.of(nodes, 2, 4, (books) -> reserve(books, 10) instanceof Reservation.Made)).isEqualTo(5);
		assertThat(used()).isEqualTo(50);
		String one = jdbc().sql("select min(id) from settlement").query(String.class).single();
		assertThat(books().release(one, "nothing was sent")).isTrue();
		assertThat(used()).isEqualTo(40);
		assertThat(jdbc().sql("select reserved from payment_session").query(Long.class).single()).isEqualTo(40);
		assertThat(reserve(books(), 11)).isNull();
		assertThat(reserve(books(), 10)).isInstanceOf(Reservation.Made.class);
	}

	@Test
	void countFollowsWhateverBecomesOfASettlement() {
		create("shop", null, "50", null);
		insertSession();
		this.directory.round();
		Reservation.Made made = (Reservation.Made) reserve(books(), 10);
		String id = made.settlement().id();
		StoredRow.transaction("hash", "OPEN").insert(jdbc());
		jdbc().sql("update settlement set status = 'SUBMITTED', tx_hash = 'hash'").update();
		assertThat(used()).isEqualTo(10);
		status(id, "FAILED");
		assertThat(used()).isZero();
		status(id, "CONFIRMED");
		assertThat(used()).as("it was paid after all").isEqualTo(10);
		jdbc()
			.sql("update settlement set status = 'HELD', tx_hash = null, deferred = :yes, payment_id = 'p',"
					+ " held_until = 9")
			.param("yes", true)
			.update();
		jdbc().sql("update settlement set status = 'COMMITTED', amount = 4, held_until = null").update();
		assertThat(used()).as("it has cost less").isEqualTo(4);
		jdbc().sql("delete from settlement where id = :id").param("id", id).update();
		assertThat(used()).isZero();
	}

	@Test
	void reportTellsWhatWasPaidAndIsOpen() {
		create("shop", null, "50", "30");
		insertSession();
		this.directory.round();
		StoredRow.transaction("hash", "OPEN").insert(jdbc());
		StoredRow.settlement("paid", "SUBMITTED")
			.with("recipient", this.recipient)
			.with("tx_hash", "hash")
			.insert(jdbc());
		this.store.unitOfWork().perform(() -> {
			this.store.lending().confirmed("hash");
			this.store.settlements().conclude("hash", Outcome.confirmed(7));
		});
		StoredRow.commitment("open").with("recipient", this.recipient).insert(jdbc());
		StoredRow.settlement("held", "HELD")
			.with("recipient", this.recipient)
			.with("payment_id", "held")
			.with("payment_terms", "t")
			.with("deferred", true)
			.with("held_until", 9)
			.insert(jdbc());
		reserve(books(), 10);
		MerchantReport report = new MerchantReports(this.store.merchantBooks(), budgets(), List.of("C"),
				this.database.clock())
			.of(this.registry.get("shop"), 7);
		assertThat(report.days()).singleElement().isEqualTo(new MerchantReport.OfDay(report.day(), "C", 1, "10"));
		assertThat(report.assets()).containsOnlyKeys("C")
			.containsValue(new MerchantReport.OfAsset(1, "10", 1, "10", "20", "30", "10", "10", "50", "40"));
	}

	private Merchant create(String name, String perCall, String perDay, String exposure) {
		return this.registry.create(ALICE,
				new MerchantRequest(name, List.of(this.recipient), null, null, perCall, perDay, exposure, null));
	}

	private static MerchantRequest request(String name, String recipient) {
		return new MerchantRequest(name, List.of(recipient), null, null, null, null, null, null);
	}

	private void assertTaken(MerchantRequest request) {
		assertThatExceptionOfType(InvalidMerchantException.class).isThrownBy(() -> this.registry.create(ALICE, request))
			.matches((refusal) -> refusal.kind() == InvalidMerchantException.Kind.TAKEN);
	}

	private void assertInvalid(MerchantRequest request, String named) {
		assertThatExceptionOfType(InvalidMerchantException.class).isThrownBy(() -> this.registry.create(ALICE, request))
			.withMessageStartingWith(named)
			.matches((refusal) -> refusal.kind() == InvalidMerchantException.Kind.INVALID);
	}

	private List<String> audit() {
		return this.store.audit().after(0, 100).stream().map(MerchantStoreTests::row).toList();
	}

	private static String row(AuditRecord row) {
		return row.action() + " " + row.outcome();
	}

	private Instant lastUsed() {
		return this.registry.keys(this.registry.get("shop")).get(0).lastUsed();
	}

	private MerchantBudgets budgets() {
		return new MerchantBudgets(this.directory, this.store.limits(), this.merchants);
	}

	private SettlementBooks books() {
		return this.database.store().books(budgets());
	}

	private void insertSession() {
		StoredRow.session("k").with("recipient", this.recipient).insert(jdbc());
	}

	/** Null where the merchant may be paid no more. */
	private Reservation reserve(SettlementBooks books, long amount) {
		TestStore own = this.database.store();
		try {
			return books.reserve(
					own.order(own.sessions().get("k"),
							new Transfer("C", "p", this.recipient, BigInteger.valueOf(amount))),
					new PaymentKey(null, "terms", false), new SettleDeadline(Duration.ofSeconds(10)));
		}
		catch (RecipientLimitException ex) {
			return null;
		}
	}

	private void status(String id, String status) {
		jdbc().sql("update settlement set status = :status where id = :id")
			.param("status", status)
			.param("id", id)
			.update();
	}

	private long used() {
		return jdbc().sql("select coalesce(sum(used), 0) from limit_use where limit_name = 'merchant-day'")
			.query(Long.class)
			.single();
	}

	private JdbcClient jdbc() {
		return this.database.jdbc();
	}

}
