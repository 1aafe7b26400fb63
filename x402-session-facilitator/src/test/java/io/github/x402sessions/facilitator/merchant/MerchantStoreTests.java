package io.github.x402sessions.facilitator.merchant;

import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.core.hash.Sha256;
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
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is kept of merchants and their keys, and what is counted for them.
 */
abstract class MerchantStoreTests {

	private static final Actor ALICE = Actor.operator("alice", "127.0.0.1");

	private static final String ASSET = "CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA";

	private static final String CALLER = "192.0.2.1";

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
		this.directory = directory(this.merchants, new ConfiguredServers(List.of()));
	}

	private MerchantRegistry registry(ConfiguredServers configured) {
		return new MerchantRegistry(this.merchants, this.store.merchantBooks(), configured, List.of("C", ASSET),
				new Audit(this.store.audit(), this.store.unitOfWork()), this.database.clock(), () -> {
				});
	}

	private MerchantDirectory directory(MerchantRepository merchants, ConfiguredServers configured) {
		return new MerchantDirectory(merchants, configured, this.database.clock(), true);
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
		assertInvalid(new MerchantRequest("shop", Collections.singletonList(null), null, null, null, null, null, null),
				"'recipients'");
		assertInvalid(new MerchantRequest("shop", List.of(this.recipient), Collections.singletonList(null), null, null,
				null, null, null), "'assets'");
		assertInvalid(request("other", this.recipient), "'name'");
		create("shop", null, null, null);
		for (String time : List.of("24", "0h", "-1h", "91d", "PT1H", "1ms")) {
			assertThatExceptionOfType(InvalidMerchantException.class)
				.isThrownBy(() -> this.registry.rotate(ALICE, "shop", new KeyRequest(null, null, time, null)))
				.withMessageStartingWith("'overlap'");
		}
		assertThatExceptionOfType(InvalidMerchantException.class)
			.isThrownBy(() -> this.registry.addKey(ALICE, "shop", new KeyRequest(null, "90", null, null)))
			.withMessageStartingWith("'lifetime'");
		assertThatExceptionOfType(InvalidMerchantException.class)
			.isThrownBy(() -> this.registry.change(ALICE, "shop", request("shop", this.recipient)))
			.withMessageStartingWith("'name'");
		assertThatExceptionOfType(InvalidMerchantException.class).isThrownBy(() -> this.registry.get("nobody"))
			.matches((refusal) -> refusal.kind() == InvalidMerchantException.Kind.UNKNOWN);
	}

	@Test
	void keyIsKnownByItsHashAloneUntilItIsRevokedOrEnds() {
		create("shop", null, null, null);
		IssuedKey first = this.registry.addKey(ALICE, "shop", new KeyRequest("first", null, null, null));
		assertThat(first.secret()).startsWith("x402m_").hasSize(49);
		assertThat(first.toString()).doesNotContain(first.secret().substring(6));
		assertThat(this.directory.find(first.secret(), CALLER)).hasValueSatisfying((key) -> {
			assertThat(key.name()).isEqualTo("shop");
			assertThat(key.recipients()).containsExactly(this.recipient);
		});
		IssuedKey second = this.registry.rotate(ALICE, "shop", new KeyRequest("second", "90d", "24h", null));
		assertThat(this.directory.find(second.secret(), CALLER)).as("at once, though another node has made it")
			.isPresent();
		assertThat(this.directory.find(first.secret(), CALLER)).as("for a day").isPresent();
		Instant ends = this.registry.keys(this.registry.get("shop")).get(0).expires();
		assertThat(ends).isBetween(this.database.clock().instant().plus(Duration.ofHours(23)),
				this.database.clock().instant().plus(Duration.ofHours(25)));
		this.registry.revoke(ALICE, "shop", first.key().id(), null);
		this.directory.round();
		assertThat(this.directory.find(first.secret(), CALLER)).isEmpty();
		assertThat(this.directory.find("x402m_" + "a".repeat(43), CALLER)).isEmpty();
		String rows = this.store.audit().after(0, 100).toString();
		assertThat(rows).doesNotContain(first.secret(), first.key().hash(), second.secret(), second.key().hash());
	}

	@Test
	void useOfAKeyIsWrittenDownOnceAMinute() {
		create("shop", null, null, null);
		IssuedKey key = this.registry.addKey(ALICE, "shop", new KeyRequest(null, null, null, null));
		assertThat(this.directory.find(key.secret(), CALLER)).isPresent();
		assertThat(lastUsed()).isNull();
		this.directory.writeUses();
		Instant first = lastUsed();
		assertThat(first).isNotNull();
		this.merchants.used(List.of(key.key().id(), "another"), first.plusSeconds(59));
		assertThat(lastUsed()).isEqualTo(first);
		this.merchants.used(List.of(key.key().id(), "another"), first.plusSeconds(60));
		assertThat(lastUsed()).isEqualTo(first.plusSeconds(60));
	}

	@Test
	void withoutItsDatabaseNobodyIsLetInWhoIsNotKnown() {
		create("shop", null, null, null);
		IssuedKey known = this.registry.addKey(ALICE, "shop", new KeyRequest(null, null, null, null));
		HikariDataSource pool = this.database.pool();
		MerchantDirectory node = directory(this.database.store(pool).merchants(), new ConfiguredServers(List.of()));
		assertThat(node.find(known.secret(), CALLER)).isPresent();
		pool.close();
		assertThat(node.find(known.secret(), CALLER)).as("what was read a moment ago").isPresent();
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> node.find("x402m_" + "b".repeat(43), CALLER))
			.matches((refusal) -> refusal.kind() == AccessDeniedException.Kind.UNAVAILABLE);
		assertThat(node.find("another text", CALLER)).as("costs nothing").isEmpty();
	}

	@Test
	void whoeverGuessesCostsTheDatabaseLittle() {
		create("shop", null, null, null);
		String key = this.registry.addKey(ALICE, "shop", new KeyRequest(null, null, null, null)).secret();
		AtomicInteger asked = new AtomicInteger();
		MerchantRepository counting = (MerchantRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { MerchantRepository.class }, (proxy, method, arguments) -> {
					asked.addAndGet("version".equals(method.getName()) ? 1 : 0);
					return method.invoke(this.merchants, arguments);
				});
		MerchantDirectory node = directory(counting, new ConfiguredServers(List.of()));
		node.round();
		int before = asked.get();
		for (int i = 0; i < 1_000; i++) {
			assertThat(node.find("x402m_" + "%043d".formatted(i), CALLER)).as("not 503").isEmpty();
		}
		assertThat(asked.get() - before).isBetween(1, 40);
		String made = this.registry.addKey(ALICE, "shop", new KeyRequest(null, null, null, null)).secret();
		assertThat(node.find(key, CALLER)).isPresent();
		assertThat(node.find(made, "198.51.100.7")).as("another caller's new key").isPresent();
	}

	@Test
	void merchantOfTheConfigurationIsLeftOutAndTheOthersAreNot() {
		create("shop", "100", null, null);
		IssuedKey taken = this.registry.addKey(ALICE, "shop", new KeyRequest(null, null, null, null));
		this.registry.create(ALICE, request("shop-2", this.other));
		IssuedKey good = this.registry.addKey(ALICE, "shop-2", new KeyRequest(null, null, null, null));
		for (ApiKey configured : List.of(new ApiKey("x", "0".repeat(64), Set.of(this.recipient)),
				new ApiKey("shop", "0".repeat(64), Set.of(ASSET)))) {
			MerchantDirectory node = directory(this.merchants, new ConfiguredServers(List.of(configured)));
			assertThat(node.find(taken.secret(), CALLER)).isEmpty();
			assertThat(node.has(this.recipient)).isFalse();
			assertThat(node.find(good.secret(), CALLER)).isPresent();
			assertThat(node.leftOut()).isOne();
			assertThat(node.count(false)).isOne();
		}
	}

	@Test
	void whatAnotherVersionHasWrittenIsNobodyElsesMatter() {
		create("shop", null, null, null);
		this.registry.create(ALICE, request("shop-2", this.other));
		IssuedKey good = this.registry.addKey(ALICE, "shop-2", new KeyRequest(null, null, null, null));
		jdbc()
			.sql("update merchant set schemes = 'session-2 session', assets = 'somewhere/else', most_per_call = -1"
					+ " where name = 'shop'")
			.update();
		jdbc().sql("update merchant set schemes = 'session-2' where name = 'shop-2'").update();
		assertThat(this.directory.find(good.secret(), CALLER)).isPresent();
		assertThat(this.directory.isPaused(this.recipient)).isTrue();
		assertThat(this.directory.isPaused(this.other)).isFalse();
		Merchant second = this.registry.get("shop-2");
		assertThat(second.terms().hasScheme(MerchantTerms.SESSION)).isFalse();
		Merchant kept = this.registry.change(ALICE, "shop-2",
				new MerchantRequest(null, null, null, null, "5", null, null, null));
		assertThat(kept.terms().schemes()).containsExactly("session-2");
		assertThatExceptionOfType(InvalidMerchantException.class)
			.isThrownBy(() -> this.registry.pause(ALICE, "shop", false, null))
			.matches((refusal) -> refusal.kind() == InvalidMerchantException.Kind.TAKEN);
	}

	@Test
	void recipientForWhichSomethingIsHeldStays() {
		this.registry.create(ALICE,
				new MerchantRequest("shop", List.of(this.recipient, this.other), null, null, null, null, null, null));
		insertSession();
		StoredRow.settlement("held", "HELD")
			.with("recipient", this.recipient)
			.with("payment_id", "held")
			.with("payment_terms", "t")
			.with("deferred", true)
			.with("held_until", 9)
			.insert(jdbc());
		assertThatExceptionOfType(InvalidMerchantException.class)
			.isThrownBy(() -> this.registry.change(ALICE, "shop", request(null, this.other)))
			.matches((refusal) -> refusal.kind() == InvalidMerchantException.Kind.TAKEN);
		assertThat(this.registry.get("shop").terms().recipients()).contains(this.recipient);
		assertThat(this.registry.change(ALICE, "shop", request(null, this.recipient)).terms().recipients())
			.containsExactly(this.recipient);
		AuditRecord row = this.store.audit().after(2, 1).get(0);
		assertThat(row.after()).startsWith("active, -" + this.other + ", 1 recipient(s), per call any");
	}

	@Test
	void auditTellsOfManyRecipientsByTheirHash() {
		List<String> many = Stream.generate(() -> KeyPair.random().getAccountId()).limit(100).sorted().toList();
		this.registry.create(ALICE, new MerchantRequest("shop", many, List.of("C", ASSET), List.of("session", "exact"),
				"1", "2", "3", null));
		this.registry.change(ALICE, "shop", request(null, many.get(0)));
		assertThat(this.store.audit().after(0, 1).get(0).after())
			.startsWith("active, 100 recipient(s): sha256 " + Sha256.hex(String.join(" ", many)))
			.endsWith(", per call 1, per day 2, exposure 3, schemes exact session, assets C " + ASSET);
		assertThat(this.store.audit().after(1, 1).get(0).after()).startsWith("active, 99 changes: sha256 ");
	}

	@Test
	void recipientIsNotPaidByAMuxedAddress() {
		create("shop", null, null, null);
		this.directory.round();
		String muxed = "M" + this.recipient.substring(1, 52) + "A".repeat(17);
		assertThat(this.directory.has(muxed)).isTrue();
		assertThat(this.directory.isPaused(muxed)).isTrue();
		assertThat(this.directory.isPaused(this.recipient)).isFalse();
	}

	@Test
	void failureToReadIsEverybodysForAMomentAndNobodyWaits() throws Exception {
		create("shop", null, null, null);
		AtomicInteger asked = new AtomicInteger();
		CountDownLatch slow = new CountDownLatch(1);
		MerchantRepository away = (MerchantRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { MerchantRepository.class }, (proxy, method, arguments) -> {
					asked.incrementAndGet();
					slow.await();
					throw new DataAccessResourceFailureException("away");
				});
		MerchantDirectory node = directory(away, new ConfiguredServers(List.of()));
		Thread reader = new Thread(node::round);
		reader.start();
		Eventually.isTrue(() -> asked.get() == 1);
		long begun = System.nanoTime();
		for (int i = 0; i < 50; i++) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> node.isPaused(this.recipient));
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
		slow.countDown();
		reader.join();
		for (int i = 0; i < 50; i++) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> node.isPaused(this.recipient));
		}
		assertThat(asked.get()).isLessThanOrEqualTo(3);
	}

	@Test
	void withoutAnyMerchantNobodyWaitsForTheStore() {
		AtomicBoolean gone = new AtomicBoolean();
		MerchantRepository leaving = (MerchantRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { MerchantRepository.class }, (proxy, method, arguments) -> {
					if (gone.get()) {
						throw new DataAccessResourceFailureException("away");
					}
					return method.invoke(this.merchants, arguments);
				});
		MerchantDirectory off = new MerchantDirectory(leaving, new ConfiguredServers(List.of()), this.database.clock(),
				false);
		MerchantDirectory node = new MerchantDirectory(leaving, new ConfiguredServers(List.of()), this.database.clock(),
				true, Duration.ZERO);
		MerchantDirectory full = new MerchantDirectory(leaving, new ConfiguredServers(List.of()), this.database.clock(),
				true, Duration.ZERO);
		node.round();
		create("shop", null, null, null);
		full.round();
		gone.set(true);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> full.isPaused(this.other));
		assertThat(node.isPaused(this.recipient)).isFalse();
		assertThat(off.find("x402m_" + "a".repeat(43), CALLER)).isEmpty();
		assertThat(off.isPaused(this.recipient)).isFalse();
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> node.find("x402m_" + "a".repeat(43), CALLER));
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
		assertThat(report.days()).singleElement().isEqualTo(new MerchantReport.OfDay(report.day(), "C", 1L, "10"));
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
