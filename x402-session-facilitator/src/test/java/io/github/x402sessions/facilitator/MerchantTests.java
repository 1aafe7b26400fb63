package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.Commands.Output;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Merchants of two facilitators that share a database: made at one, served by both.
 */
class MerchantTests {

	private static final long CAP = 10_000_000;

	private static FacilitatorEnvironment environment;

	private static TestDatabase database;

	private static AdministeredNode first;

	private static FacilitatorServer server;

	private static FacilitatorClient second;

	private final String name = "shop-" + UUID.randomUUID().toString().substring(0, 8);

	private final KeyPair seller = environment.seller();

	@BeforeAll
	static void start() {
		environment = FacilitatorEnvironment.withoutFacilitator();
		database = TestDatabase.postgres();
		first = AdministeredNode.start(environment, properties(Map.of()));
		server = FacilitatorServer.start(environment.properties(properties(Map.of())));
		second = new FacilitatorClient(server.url());
	}

	private static Map<String, String> properties(Map<String, String> more) {
		Map<String, String> properties = new HashMap<>(Commitments.PROPERTIES);
		properties.putAll(database.properties());
		properties.put("facilitator.access.mode", "closed");
		properties.put("facilitator.access.merchants", "true");
		properties.put("facilitator.access.requests-per-minute", "0");
		properties.put("facilitator.access.registrations-per-minute", "0");
		properties.put("facilitator.deferred.per-payer", "50");
		properties.put("facilitator.verify-hold", "1m");
		properties.putAll(more);
		return properties;
	}

	@AfterAll
	static void stop() {
		server.close();
		first.close();
		environment.close();
		database.close();
	}

	@Test
	void merchantIsPaidAtBothNodesByItsOwnKeyAlone() {
		assertThat(create(Map.of()).status()).isEqualTo(201);
		String key = key(Map.of("label", "first"));
		String id = session();
		Map<String, Object> payment = payment(id, "1000");
		for (FacilitatorClient node : nodes()) {
			assertThat(node.verify(payment).status()).isEqualTo(401);
			assertThat(node.with("Bearer x402m_" + "a".repeat(43)).settle(payment).status()).isEqualTo(401);
			Reply paid = node.with(key).settle(payment);
			assertThat(paid.status()).as("%s", paid.body()).isEqualTo(200);
			Reply other = node.with(key).settle(Payments.of(environment, id, "1000"));
			assertThat(other.status()).as("another's recipient").isEqualTo(403);
			assertThat(other.body().toString()).doesNotContain(key.substring(7));
			assertThat(node.with(key).get("/settlements?recipient=" + this.seller.getAccountId()).status())
				.isEqualTo(200);
		}
		assertThat(environment.usdc(this.seller)).isEqualTo(2_000);
		Reply report = first.alice.get("/admin/merchants/" + this.name + "/report?days=1");
		assertThat(report.text("days/0/payments")).isEqualTo("2");
		assertThat(report.text("days/0/amount")).isEqualTo("2000");
		assertThat(first.alice.get("/admin/merchants").body().toString()).contains(this.name);
		assertThat(figures()).contains("merchant=" + this.name).doesNotContain(this.seller.getAccountId());
	}

	@Test
	void revokedKeyAndPausedMerchantStopAtBothNodes() {
		create(Map.of());
		String key = key(Map.of());
		String other = key(Map.of());
		String id = session();
		nodes().forEach(
				(node) -> assertThat(node.with(key).verify(payment(id, "1000")).text("isValid")).isEqualTo("true"));
		String keyId = first.alice.get("/admin/merchants/" + this.name).text("keys/0/id");
		assertThat(post("/keys/" + keyId + "/revoke", Map.of("reason", "leaked")).text("state")).isEqualTo("revoked");
		long revoked = System.nanoTime();
		nodes().forEach((node) -> Eventually.isTrue(() -> node.with(key).verify(payment(id, "1000")).status() == 401));
		assertThat(Duration.ofNanos(System.nanoTime() - revoked)).isLessThan(Duration.ofSeconds(6));
		assertThat(second.with(other).verify(payment(id, "1000")).text("isValid")).isEqualTo("true");
		Reply committed = first.client.with(other).settle(deferred(id, "1000"));
		assertThat(committed.text("transaction")).as("%s", committed.body()).startsWith("cmt_");
		assertThat(post("/pause", Map.of()).text("state")).isEqualTo("paused");
		nodes().forEach((node) -> {
			Eventually.isTrue(
					() -> "rate_limited".equals(node.with(other).verify(payment(id, "1000")).text("invalidReason")));
			assertThat(node.with(other).settle(payment(id, "1000")).text("errorReason")).isEqualTo("rate_limited");
			assertThat(node.with(other).post("/hold", deferred(id, "1000")).text("errorReason"))
				.isEqualTo("rate_limited");
			Reply unregistered = node.post("/sessions", claims());
			assertThat(unregistered.text("error")).isEqualTo("'recipient' is not served by this facilitator");
		});
		assertThat(
				first.alice.post("/admin/commitments/redeem", Map.of("recipient", this.seller.getAccountId())).status())
			.isEqualTo(202);
		Eventually.isTrue(() -> BigInteger.valueOf(1_000).equals(environment.usdc(this.seller)));
		post("/resume", Map.of());
		Eventually.isTrue(() -> first.client.with(other).settle(payment(id, "1000")).status() == 200);
		List<String> rows = first.lastRows(4);
		assertThat(rows.get(0)).startsWith("operator:alice merchant.pause active, ");
		assertThat(rows.get(3)).startsWith("operator:alice merchant.resume paused, ");
		assertThat(first.audit().toString()).doesNotContain(key.substring(7), other.substring(7),
				Sha256.hex(key.substring(7)));
	}

	@Test
	void limitsHoldWhoeverAsksForTheMerchant() {
		create(Map.of("perCall", "5000", "schemes", List.of("session")));
		String key = key(Map.of());
		String id = session();
		nodes().forEach((node) -> {
			assertThat(node.with(key).verify(payment(id, "5001")).text("invalidReason"))
				.isEqualTo("per_call_limit_exceeded");
			assertThat(node.with(key).settle(payment(id, "5001")).text("errorReason"))
				.isEqualTo("per_call_limit_exceeded");
			assertThat(node.with(key).post("/hold", deferred(id, "5000")).text("errorReason")).isEqualTo("not_held");
		});
		Reply atOnce = first.client.with(key).settle(deferred(id, "1000"));
		assertThat(atOnce.text("transaction")).as("not deferred").doesNotStartWith("cmt_");
		post("/change", Map.of("assets", List.of(environment.devnet.usdcContract()), "schemes", List.of("exact")));
		Eventually
			.isTrue(() -> "scheme_mismatch".equals(second.with(key).verify(payment(id, "1000")).text("invalidReason")));
		Map<String, Object> exact = exact();
		Reply paid = second.with(key).settle(exact);
		assertThat(paid.status()).as("%s", paid.body()).isEqualTo(200);
		post("/change", Map.of("schemes", List.of("session")));
		Eventually.isTrue(() -> "unsupported_scheme".equals(second.with(key).verify(exact()).text("invalidReason")));
		assertThat(second.with(key).settle(exact).text("errorReason")).as("what is known stays known")
			.isEqualTo("duplicate_settlement");
		Map<String, Object> unserved = Map.of("assets",
				List.of("CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA"));
		assertThat(post("/change", unserved).text("error")).startsWith("'assets'");
		database.jdbc()
			.sql("update merchant set assets = 'CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA' where name = :name")
			.param("name", this.name)
			.update();
		post("/change", Map.of());
		Eventually
			.isTrue(() -> "asset_mismatch".equals(second.with(key).verify(payment(id, "1000")).text("invalidReason")));
		assertThat(environment.usdc(this.seller)).isEqualTo(2_000);
	}

	@Test
	void dayIsCountedToTheUnitAtBothNodes() throws Exception {
		create(Map.of("perDay", "6000"));
		String key = key(Map.of());
		List<String> sessions = List.of(session(), session(), session());
		Queue<Map<String, Object>> payments = new ConcurrentLinkedQueue<>();
		for (String id : sessions) {
			payments.addAll(List.of(payment(id, "1000"), deferred(id, "1000"), exact(), deferred(id, "1000")));
		}
		assertThat(Burst.of(with(key), 2, 3, (node) -> {
			Reply reply = node.settle(payments.remove());
			assertThat(reply.status() == 200 || "rate_limited".equals(reply.text("errorReason"))).as("%s", reply.body())
				.isTrue();
			return reply.status() == 200;
		})).isEqualTo(6);
		for (FacilitatorClient node : with(key)) {
			assertThat(node.verify(payment(sessions.get(0), "1000")).text("invalidReason")).isEqualTo("rate_limited");
			assertThat(node.post("/hold", deferred(sessions.get(0), "1000")).text("errorReason"))
				.isEqualTo("rate_limited");
		}
		Reply report = first.alice.get("/admin/merchants/" + this.name + "/report");
		String asset = "assets/" + environment.devnet.usdcContract() + "/";
		assertThat(report.text(asset + "today")).isEqualTo("6000");
		assertThat(report.text(asset + "leftToday")).isEqualTo("0");
		post("/change", Map.of("perDay", "7000"));
		Eventually
			.isTrue(() -> "true".equals(second.with(key).verify(payment(sessions.get(0), "1000")).text("isValid")));
		assertThat(second.with(key).settle(payment(sessions.get(0), "1000")).status()).isEqualTo(200);
	}

	@Test
	void payerIsNotBlamedForWhatItsMerchantMayNotBePaid() {
		create(Map.of("perDay", "1500"));
		FacilitatorClient shop = first.client.with(key(Map.of()));
		String id = session();
		Map<String, Object> paid = deferred(id, "1000");
		Map<String, Object> late = deferred(id, "1000");
		assertThat(shop.verify(paid).text("isValid")).isEqualTo("true");
		assertThat(shop.verify(late).text("isValid")).isEqualTo("true");
		assertThat(verified()).isEqualTo(2);
		assertThat(shop.settle(paid).status()).isEqualTo(200);
		assertThat(shop.settle(late).text("errorReason")).isEqualTo("rate_limited");
		assertThat(verified()).as("what was verified is not held any more").isZero();
	}

	private int verified() {
		return database.jdbc()
			.sql("select count(*) from verified_amount v join payment_session s on s.id = v.session_id"
					+ " where s.recipient = :recipient")
			.param("recipient", this.seller.getAccountId())
			.query(Integer.class)
			.single();
	}

	@Test
	void whatIsHeldAndReleasedOrFailsIsFreeAgainToday() {
		create(Map.of("perDay", "3000"));
		String key = key(Map.of());
		String id = session();
		Map<String, Object> held = deferred(id, "3000");
		assertThat(first.client.with(key).post("/hold", held).status()).isEqualTo(200);
		assertThat(second.with(key).settle(payment(id, "1")).text("errorReason")).isEqualTo("rate_limited");
		assertThat(second.with(key).post("/release", held).status()).isEqualTo(200);
		Payer poor = environment.payer();
		String empty = session(poor);
		poor.transfer(environment.merchant.getAccountId(), 1_000_000_000);
		Reply failed = second.with(key).settle(payment(empty, "3000"));
		assertThat(failed.status()).as("%s", failed.body()).isNotEqualTo(200);
		Reply paid = second.with(key).settle(payment(id, "3000"));
		assertThat(paid.status()).as("%s", paid.body()).isEqualTo(200);
		assertThat(second.with(key).settle(payment(id, "1")).text("errorReason")).isEqualTo("rate_limited");
	}

	@Test
	void exposureIsOneOfAllRecipientsAndBothNodes() throws Exception {
		KeyPair branch = environment.seller();
		create(Map.of("exposure", "4000", "recipients", List.of(this.seller.getAccountId(), branch.getAccountId())));
		String key = key(Map.of());
		String here = session();
		String there = session(environment.payer(), branch);
		AtomicInteger committed = new AtomicInteger();
		AtomicInteger number = new AtomicInteger();
		assertThat(Burst.of(with(key), 2, 3, (node) -> {
			boolean ours = number.incrementAndGet() % 2 == 0;
			Reply reply = node.settle(ours ? deferred(here, "1000") : to(branch, deferred(there, "1000")));
			assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
			committed.addAndGet(reply.text("transaction").startsWith("cmt_") ? 1 : 0);
			return true;
		})).isEqualTo(12);
		assertThat(committed.get()).as("the rest settles at once").isEqualTo(4);
		assertThat(first.client.with(key).post("/hold", deferred(here, "1000")).text("errorReason"))
			.isEqualTo("not_held");
	}

	@Test
	void rotationUnderLoadLosesNothing() throws Exception {
		create(Map.of("perDay", "100000000"));
		AtomicReference<String> key = new AtomicReference<>(key(Map.of("label", "old")));
		AtomicBoolean going = new AtomicBoolean(true);
		AtomicInteger calls = new AtomicInteger();
		List<String> sessions = IntStream.range(0, 4).mapToObj((i) -> session()).toList();
		AtomicInteger number = new AtomicInteger();
		Parallel<Integer> load = Parallel.start(4, () -> {
			String id = sessions.get(number.getAndIncrement());
			int paid = 0;
			while (going.get()) {
				FacilitatorClient node = nodes().get(calls.getAndIncrement() % 2).with(key.get());
				Map<String, Object> payment = deferred(id, "10");
				assertThat(node.verify(payment).status()).isEqualTo(200);
				Reply reply = node.settle(payment);
				assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
				paid++;
			}
			return paid;
		});
		Eventually.isTrue(() -> calls.get() > 20);
		String old = first.alice.get("/admin/merchants/" + this.name).text("keys/0/id");
		Reply rotated = post("/keys/rotate", Map.of("overlap", "24h", "label", "new"));
		key.set("Bearer " + rotated.text("key"));
		int switched = calls.get();
		Eventually.isTrue(() -> calls.get() > switched + 20);
		assertThat(post("/keys/" + old + "/revoke", Map.of()).status()).isEqualTo(200);
		int revoked = calls.get();
		Eventually.isTrue(() -> calls.get() > revoked + 40);
		going.set(false);
		int paid = load.results().stream().mapToInt(Integer::intValue).sum();
		assertThat(paid).isEqualTo(calls.get());
		assertThat(database.jdbc()
			.sql("select count(*) from settlement where recipient = :recipient")
			.param("recipient", this.seller.getAccountId())
			.query(Integer.class)
			.single()).isEqualTo(paid);
		assertThat(database.jdbc()
			.sql("select sum(used) from limit_use where who like (select id from merchant where name = :name) || '%'")
			.param("name", this.name)
			.query(Integer.class)
			.single()).isEqualTo(paid * 10);
	}

	@Test
	void merchantAndConfigurationDoNotContradictEachOther() {
		Map<String, String> configured = properties(
				Map.of("facilitator.access.keys[0].name", this.name, "facilitator.access.keys[0].hash", "0".repeat(64),
						"facilitator.access.keys[0].recipients[0]", this.seller.getAccountId()));
		Output taken = Commands.run(environment.properties(configured), "merchants", "create", "--name", this.name,
				"--recipient", environment.seller().getAccountId());
		assertThat(taken.code()).isEqualTo(1);
		assertThat(taken.text()).startsWith("the name is that of a key in facilitator.access.keys.");
		Output warned = merchants("create", "--name", this.name, "--recipient", this.seller.getAccountId());
		assertThat(warned.code()).as("nothing is known of the keys of others").isZero();
		assertThat(warned.warnings()).contains("facilitator.access.keys is empty here",
				"facilitator.access.merchants is not true here");
		assertThat(warned.text()).startsWith("{");
		assertThat(create(Map.of()).status()).isEqualTo(409);
		String left = key(Map.of());
		String secret = "static-" + this.name;
		configured.put("facilitator.access.keys[0].hash", Sha256.hex(secret));
		try (FacilitatorServer started = FacilitatorServer.start(environment.properties(configured))) {
			FacilitatorClient node = new FacilitatorClient(started.url());
			Map<String, Object> payment = payment(session(), "1000");
			assertThat(node.with(left).verify(payment).status()).isEqualTo(401);
			Reply paid = node.with("Bearer " + secret).settle(payment);
			assertThat(paid.status()).as("the configuration is right: %s", paid.body()).isEqualTo(200);
		}
	}

	@Test
	void callsAreReadToTheLetter() {
		assertThat(create(Map.of("perday", "5")).text("error"))
			.startsWith("the body has a member that is none of: name,");
		assertThat(create(Map.of("recipients", Collections.singletonList(null))).text("error"))
			.startsWith("'recipients'");
		assertThat(first.alice.get("/admin/merchants/" + this.name).status()).isEqualTo(404);
		create(Map.of());
		for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("overlap", "24"), Map.of("overlap", "0h"),
				Map.of("lifetime", "90"), Map.of("label", "x", "lifetimes", "90d"))) {
			Reply refused = post("/keys/rotate", wrong);
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.text("error")).matches("'(overlap|lifetime)' must be .*|the body has a member .*");
		}
		assertThat(post("/change", Map.of("name", "another")).text("error")).startsWith("'name'");
		assertThat(post("/pause", Map.of("raison", "x")).status()).isEqualTo(400);
	}

	@Test
	void commandsDoWhatCallsDo() {
		Output made = merchants("create", "--name", this.name, "--recipient", this.seller.getAccountId(), "--per-day",
				"5000", "--reason", "a new shop");
		assertThat(made.code()).as(made.text()).isZero();
		assertThat(made.text()).contains("\"perDay\":\"5000\"");
		Output added = merchants("key", "add", "--name", this.name, "--label", "one");
		assertThat(added.text()).contains("x402m_");
		String key = "Bearer " + added.text().replaceAll("(?s).*(x402m_[\\w-]{43}).*", "$1");
		String id = session();
		assertThat(second.with(key).settle(payment(id, "1000")).status()).isEqualTo(200);
		Output rotated = merchants("key", "rotate", "--name", this.name, "--overlap", "24h");
		assertThat(rotated.code()).isZero();
		assertThat(merchants("change", "--name", this.name, "--per-day", "0", "--per-call", "900").text())
			.contains("\"perCall\":\"900\"")
			.doesNotContain("perDay");
		assertThat(merchants("list").text()).contains(this.name);
		String shown = merchants("show", "--name", this.name).text();
		assertThat(shown).contains("\"payments\":1", "\"label\":\"one\"").doesNotContain("x402m_");
		assertThat(merchants("pause", "--name", this.name, "--reason", "asked").text()).contains("\"paused\"");
		assertThat(merchants("resume", "--name", this.name).text()).contains("\"active\"");
		String keyId = shown.replaceAll("(?s).*\"keys\":\\[\\{\"id\":\"(\\w+)\".*", "$1");
		assertThat(merchants("key", "revoke", "--name", this.name, "--key", keyId).text()).contains("\"revoked\"");
		assertThat(merchants("show", "--name", "nobody").text()).startsWith("there is no merchant of that name.");
		assertThat(first.lastRows(1).get(0)).startsWith("cli:").contains("merchant.key.revoke");
	}

	private Output merchants(String... arguments) {
		List<String> all = new ArrayList<>(List.of("merchants"));
		all.addAll(List.of(arguments));
		return Commands.run(environment.properties(database.properties()), all.toArray(String[]::new));
	}

	private Reply create(Map<String, Object> more) {
		Map<String, Object> wanted = new HashMap<>(
				Map.of("name", this.name, "recipients", List.of(this.seller.getAccountId()), "reason", "test"));
		wanted.putAll(more);
		return first.alice.post("/admin/merchants", wanted);
	}

	private String key(Map<String, Object> wanted) {
		Reply reply = post("/keys", wanted);
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return "Bearer " + reply.text("key");
	}

	private Reply post(String path, Map<String, Object> body) {
		return first.alice.post("/admin/merchants/" + this.name + path, body);
	}

	private static List<FacilitatorClient> nodes() {
		return List.of(first.client, second);
	}

	private static List<FacilitatorClient> with(String key) {
		return nodes().stream().map((node) -> node.with(key)).toList();
	}

	private String session() {
		return session(environment.payer());
	}

	private String session(Payer payer) {
		return session(payer, this.seller);
	}

	private static String session(Payer payer, KeyPair seller) {
		Reply reply = first.client.post("/sessions", claims(payer, seller));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	private Map<String, Object> claims() {
		return claims(environment.payer(), this.seller);
	}

	private static Map<String, Object> claims(Payer payer, KeyPair seller) {
		Map<String, Object> claims = new HashMap<>(payer.approved(CAP, environment.devnet.latestLedger() + 100_000));
		claims.put("recipient", seller.getAccountId());
		return Proofs.signed(claims, payer.key);
	}

	private Map<String, Object> payment(String session, String amount) {
		return to(this.seller, Payments.of(environment, session, amount));
	}

	private Map<String, Object> deferred(String session, String amount) {
		return to(this.seller, Commitments.of(environment, session, "pay_" + UUID.randomUUID(), amount));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> to(KeyPair seller, Map<String, Object> payment) {
		Map<String, Object> changed = new HashMap<>(payment);
		Map<String, Object> terms = new HashMap<>((Map<String, Object>) payment.get("paymentRequirements"));
		terms.put("payTo", seller.getAccountId());
		Map<String, Object> payload = new HashMap<>((Map<String, Object>) payment.get("paymentPayload"));
		payload.put("accepted", terms);
		changed.put("paymentRequirements", terms);
		changed.put("paymentPayload", payload);
		return changed;
	}

	private Map<String, Object> exact() {
		String to = this.seller.getAccountId();
		return ExactTransfers.payment(
				environment, ExactTransfers.signed(environment, environment.payer().key, to, 1_000,
						UUID.randomUUID().toString(), ExactTransfers.TIMEOUT_SECONDS),
				Map.of("amount", "1000", "payTo", to));
	}

	private static String figures() {
		return first.context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map((meter) -> meter.getId().toString().replaceAll("'", "\""))
			.filter((id) -> id.contains("merchant"))
			.reduce("", String::concat);
	}

}
