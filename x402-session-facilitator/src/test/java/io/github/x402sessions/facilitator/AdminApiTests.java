package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators do through the management port, and what payers and sellers see of it.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AdminApiTests {

	private static final String NOWHERE = "0".repeat(16);

	private final Dialect dialect;

	private TestDatabase database;

	private FacilitatorEnvironment environment;

	private AdministeredNode node;

	AdminApiTests(Dialect dialect) {
		this.dialect = dialect;
	}

	@BeforeAll
	void open() {
		this.database = TestDatabase.of(this.dialect);
		this.environment = FacilitatorEnvironment.withoutFacilitator();
		Map<String, String> properties = new HashMap<>(Commitments.PROPERTIES);
		properties.putAll(this.database.properties());
		this.node = AdministeredNode.start(this.environment, properties);
	}

	@AfterAll
	void close() {
		this.node.close();
		this.environment.close();
		this.database.close();
	}

	@Test
	void operatorsAloneAreLetInOnTheManagementPortAlone() {
		for (FacilitatorClient stranger : List.of(this.node.operator(null), this.node.operator("a-guess"),
				this.node.operator(null).with("Basic " + AdministeredNode.ALICE))) {
			for (String path : List.of("/admin/audit", "/admin/sessions/" + NOWHERE, "/admin/nowhere", "/admin")) {
				Reply refused = stranger.get(path);
				assertThat(refused.status()).as(path).isEqualTo(401);
				assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
			}
			assertThat(stranger.post("/admin/drain", Map.of()).status()).isEqualTo(401);
		}
		assertThat(this.node.operator(AdministeredNode.BOB).get("/admin/audit").status()).isEqualTo(200);
		assertThat(this.node.alice.get("/admin/nowhere").status()).isEqualTo(404);
		FacilitatorClient outside = this.node.client.with("Bearer " + AdministeredNode.ALICE);
		assertThat(outside.get("/admin/audit").status()).isEqualTo(404);
		assertThat(outside.post("/admin/drain", Map.of()).status()).isEqualTo(404);
		assertThat(this.node.client.preflight("/admin/drain", "POST").header("Access-Control-Allow-Origin")).isNull();
		assertThat(this.node.operator(null).preflight("/admin/drain", "POST").header("Access-Control-Allow-Origin"))
			.isNull();
		assertThat(this.node.operator(null).get("/actuator/health").status()).isEqualTo(200);
	}

	@Test
	void whatIsNoDecisionIsRefusedByName() {
		assertThat(this.node.alice.get("/admin/sessions").text("error")).isEqualTo("'payer' is missing");
		assertThat(this.node.alice.get("/admin/sessions/xyz").text("error")).startsWith("'handle' is not");
		assertThat(this.node.alice.get("/admin/sessions/" + NOWHERE).status()).isEqualTo(404);
		assertThat(this.node.alice.get("/admin/audit?after=-1").text("error")).startsWith("'after' is not");
		String hash = "/admin/transactions/" + "0".repeat(64) + "/decide";
		assertThat(this.node.alice.post(hash, Map.of("reason", "seen")).text("error")).isEqualTo("'moved' is missing");
		assertThat(this.node.alice.post(hash, Map.of("moved", true)).text("error")).isEqualTo("'reason' is missing");
		assertThat(this.node.alice.post(hash, Map.of("moved", "true")).text("error"))
			.startsWith("'moved' is missing or");
		assertThat(this.node.alice.postText(hash, "{\"reason\":\"" + "x".repeat(501) + "\"}").text("error"))
			.startsWith("'reason' is longer");
		assertThat(this.node.alice.postText(hash, " ".repeat(9_000)).text("error"))
			.isEqualTo("the body is longer than 8192 bytes");
		assertThat(
				this.node.alice.post("/admin/books/accept", Map.of("digest", "0".repeat(64), "reason", "y")).status())
			.as("nothing keeps settling off")
			.isEqualTo(409);
		assertThat(this.node.alice.post("/admin/books/accept", Map.of("digest", "x", "reason", "y")).text("error"))
			.startsWith("'digest' is not");
		for (Map<String, Object> none : List.<Map<String, Object>>of(Map.of(), Map.of("all", false),
				Map.of("reason", "all"), Map.of("all", true, "payer", "G"))) {
			assertThat(this.node.alice.post("/admin/commitments/redeem", none).text("error"))
				.startsWith("either 'payer', 'recipient' or 'asset'");
		}
		assertThat(this.node.alice.post("/admin/commitments/redeem", Map.of("all", true)).status()).isEqualTo(202);
		Reply unknown = this.node.alice.post(hash, Map.of("moved", true, "reason", "seen"));
		assertThat(unknown.status()).isEqualTo(409);
		assertThat(this.node.lastRows(1)).containsExactly(
				"operator:alice transaction.decide - > refused: the books have no open transaction of this hash refused");
	}

	@Test
	void frozenSessionPaysNothingUntilItIsLetGoAndOneThatIsClosedNeverAgain() {
		Payer payer = this.environment.payer();
		String id = payer.session(1_000_000);
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).status()).isEqualTo(200);
		Reply found = this.node.alice.get("/admin/sessions?payer=" + payer.address());
		String handle = found.text("sessions/0/handle");
		assertThat(handle).isEqualTo(Sha256.hex(id).substring(0, 16));
		assertThat(found.text("sessions/0/status")).isEqualTo("active");
		Reply shown = this.node.alice.get("/admin/sessions/" + handle);
		assertThat(shown.text("settlements/0/status")).isEqualTo("settled");
		assertThat(shown.text("spent")).isEqualTo("100000");

		Reply frozen = this.node.alice.post("/admin/sessions/" + handle + "/freeze", Map.of("reason", "looks stolen"));
		assertThat(frozen.text("status")).isEqualTo("frozen");
		Reply verified = this.environment.client.verify(Payments.of(this.environment, id, "100000"));
		assertThat(verified.text("invalidReason")).isEqualTo("rate_limited");
		assertThat(verified.text("invalidMessage")).contains("frozen");
		Reply refused = this.environment.client.settle(Payments.of(this.environment, id, "100000"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.text("errorReason")).isEqualTo("rate_limited");
		Map<String, Object> deferred = Commitments.of(this.environment, id, "pay_0123456789abcdef", "100000");
		assertThat(this.environment.client.settle(deferred).text("errorReason")).isEqualTo("rate_limited");
		assertThat(this.environment.client.post("/hold", deferred).text("errorReason")).isEqualTo("rate_limited");
		assertThat(this.environment.client.get("/sessions/" + id).text("frozen")).isEqualTo("true");
		assertThat(this.environment.client.get("/sessions/" + id).text("status")).isEqualTo("active");

		assertThat(this.node.operator(AdministeredNode.BOB)
			.post("/admin/sessions/" + handle + "/unfreeze", Map.of())
			.text("status")).isEqualTo("active");
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).status()).isEqualTo(200);

		Reply closed = this.node.alice.post("/admin/sessions/" + handle + "/close", Map.of());
		assertThat(closed.text("status")).isEqualTo("closed");
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).text("errorReason"))
			.isEqualTo("session_superseded");
		assertThat(this.environment.client.get("/sessions/" + id).text("status")).isEqualTo("closed");
		assertThat(this.node.lastRows(3)).containsExactly("operator:alice session.freeze active > frozen done",
				"operator:bob session.unfreeze frozen > active done",
				"operator:alice session.close active > closed done");
		assertThat(this.node.audit().toString()).contains("session " + handle, "looks stolen", "127.0.0.1")
			.doesNotContain(id, AdministeredNode.ALICE);
	}

	@Test
	void whatAnOperatorHasClosedItsPayerCannotRegisterAnew() {
		Payer payer = this.environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		String id = this.node.client.post("/sessions", claims).text("sessionId");
		String handle = Sha256.hex(id).substring(0, 16);
		assertThat(this.node.alice.post("/admin/sessions/" + handle + "/close", Map.of()).text("status"))
			.isEqualTo("closed");
		Reply again = this.node.client.post("/sessions", Proofs.signed(claims, payer.key));
		assertThat(again.status()).as("%s", again.body()).isEqualTo(409);
		assertThat(again.text("error")).contains("the operator has closed");
		assertThat(this.node.client.get("/sessions/" + id).text("status")).isEqualTo("closed");
	}

	@Test
	void whatAFrozenSessionHasPromisedIsRedeemedAtOnceWhereAnOperatorSaysSo() {
		Payer payer = this.environment.payer();
		String id = Commitments.session(this.environment, payer, 5_000_000);
		String commitment = Commitments.commit(this.environment, id, "1000");
		this.node.alice.post("/admin/sessions/" + Sha256.hex(id).substring(0, 16) + "/freeze", Map.of());
		Reply debts = this.node.alice.get("/admin/commitments?payer=" + payer.address());
		assertThat(debts.text("debts/0/amount")).isEqualTo("1000");
		assertThat(
				this.node.alice
					.post("/admin/commitments/redeem",
							Map.of("payer", payer.address(), "recipient",
									this.environment.otherMerchant.getAccountId()))
					.body()
					.path("begun"))
			.isEmpty();
		Eventually.isTrue(() -> {
			Reply begun = this.node.alice.post("/admin/commitments/redeem",
					Map.of("payer", payer.address(), "reason", "asked for"));
			assertThat(begun.status()).isEqualTo(202);
			return "confirmed".equals(this.environment.client.get("/settlements/" + commitment).text("status"));
		});
		assertThat(this.node.audit()).anySatisfy((row) -> {
			assertThat(row.path("action").asString()).isEqualTo("commitment.redeem");
			assertThat(row.path("outcome").asString()).isEqualTo("done");
			assertThat(row.path("about").asLong()).isEqualTo(row.path("number").asLong() - 1);
		});
	}

	@Test
	void commitmentIsWrittenOffForAReason() {
		Payer payer = this.environment.payer();
		String id = Commitments.session(this.environment, payer, 5_000_000);
		String commitment = Commitments.commit(this.environment, id, "1000");
		String path = "/admin/commitments/" + commitment + "/write-off";
		assertThat(this.node.alice.post(path, Map.of()).text("error")).isEqualTo("'reason' is missing");
		Reply open = this.node.alice.get("/admin/commitments?payer=" + payer.address() + "&recipient="
				+ this.environment.merchant.getAccountId() + "&asset=" + this.environment.devnet.usdcContract());
		assertThat(open.text("commitments/0/commitment")).isEqualTo(commitment);
		Reply lost = this.node.alice.post(path, Map.of("reason", "agreed with the shop"));
		assertThat(lost.status()).as("%s", lost.body()).isEqualTo(200);
		assertThat(this.environment.client.get("/settlements/" + commitment).text("status")).isEqualTo("written_off");
		Reply session = this.environment.client.get("/sessions/" + id);
		assertThat(session.text("committed")).isEqualTo("0");
		assertThat(session.text("remaining")).isEqualTo("5000000");
		assertThat(this.node.alice.post(path, Map.of("reason", "again")).status()).isEqualTo(409);
		assertThat(this.node.lastRows(2)).startsWith("operator:alice commitment.write-off COMMITTED > WRITTEN_OFF done")
			.last()
			.asString()
			.endsWith("refused");
		String lent = "select coalesce(sum(amount), 0) from deferred_exposure where payer = '" + payer.address() + "'";
		assertThat(this.database.jdbc().sql(lent).query(Long.class).single()).isZero();
		assertThat(Commitments.commit(this.environment, id, "1000")).as("nobody is in default").isNotNull();
	}

	@Test
	void drainedNodeTakesNothingNewAndTellsWhenItIsDone() {
		String id = this.environment.payer().session(1_000_000);
		Map<String, Object> claims = this.environment.payer().approved(1_000);
		this.environment.devnet.faults().pauseClosing();
		CompletableFuture<Reply> open = CompletableFuture
			.supplyAsync(() -> this.node.client.settle(Payments.of(this.environment, id, "100000")));
		Eventually.isTrue(() -> "100000".equals(this.node.client.get("/sessions/" + id).text("reserved")));
		try {
			Reply drained = this.node.alice.post("/admin/drain", Map.of("reason", "new version"));
			assertThat(drained.text("draining")).isEqualTo("true");
			assertThat(drained.text("done")).isEqualTo("false");
			Eventually.isTrue(() -> this.node.operator(null).get("/actuator/health/readiness").status() == 503);
			assertThat(this.node.operator(null).get("/actuator/health/liveness").status()).isEqualTo(200);
			Map<String, Object> payment = Payments.of(this.environment, id, "200000");
			assertThat(this.node.client.verify(payment).status()).isEqualTo(503);
			assertThat(this.node.client.settle(payment).status()).isEqualTo(503);
			assertThat(this.node.client.post("/hold", payment).status()).isEqualTo(503);
			Reply repeated = this.node.client.settle(payment);
			assertThat(repeated.text("errorReason")).isEqualTo("settlement_pending");
			assertThat(repeated.text("errorMessage")).contains("takes no new work");
			Reply registered = this.node.client.post("/sessions", claims);
			assertThat(registered.status()).isEqualTo(503);
			assertThat(registered.header("Retry-After")).isNotNull();
			assertThat(this.node.client.get("/sessions/" + id).status()).isEqualTo(200);
			this.environment.devnet.faults().resumeClosing();
			assertThat(open.join().status()).isEqualTo(200);
			Eventually.isTrue(() -> "true".equals(this.node.alice.get("/admin/drain").text("done")));
		}
		finally {
			this.environment.devnet.faults().resumeClosing();
			assertThat(this.node.alice.delete("/admin/drain").text("draining")).isEqualTo("false");
		}
		assertThat(this.node.client.post("/sessions", claims).status()).isEqualTo(201);
		assertThat(this.node.client.settle(Payments.of(this.environment, id, "200000")).status()).isEqualTo(200);
		Eventually.isTrue(() -> this.node.operator(null).get("/actuator/health/readiness").status() == 200);
		assertThat(this.node.lastRows(4)).containsExactly("operator:alice node.drain - > - begun",
				"operator:alice node.drain - > takes no new work done", "operator:alice node.undrain - > - begun",
				"operator:alice node.undrain - > takes new work done");
	}

	@Test
	void whatWasTakenBeforeComesToItsEndOnADrainedNode() {
		Payer payer = this.environment.payer();
		String id = Commitments.session(this.environment, payer, 5_000_000);
		String paid = "pay_" + UUID.randomUUID();
		String streamed = "pay_" + UUID.randomUUID();
		String unused = "pay_" + UUID.randomUUID();
		String commitment = this.node.client.settle(of(id, paid, "1000")).text("transaction");
		assertThat(this.node.client.post("/hold", of(id, streamed, "2000")).status()).isEqualTo(200);
		assertThat(this.node.client.post("/hold", of(id, unused, "3000")).status()).isEqualTo(200);
		try {
			Reply drained = this.node.alice.post("/admin/drain", Map.of());
			assertThat(drained.text("held")).isEqualTo("2");
			assertThat(drained.text("done")).isEqualTo("false");
			assertThat(this.node.client.settle(of(id, "pay_" + UUID.randomUUID(), "1000")).status()).isEqualTo(503);
			assertThat(this.node.client.post("/hold", of(id, "pay_" + UUID.randomUUID(), "1000")).status())
				.isEqualTo(503);
			assertThat(this.node.client.settle(of(id, paid, "1000")).text("transaction")).isEqualTo(commitment);
			assertThat(this.node.client.post("/hold", of(id, streamed, "2000")).status()).isEqualTo(200);
			assertThat(this.node.client.settle(of(id, streamed, "700")).text("amount")).isEqualTo("700");
			assertThat(this.node.alice.get("/admin/drain").text("held")).isEqualTo("1");
			assertThat(this.node.client.post("/release", of(id, unused, "3000")).status()).isEqualTo(200);
			Eventually.isTrue(() -> "true".equals(this.node.alice.get("/admin/drain").text("done")));
			Reply open = this.node.client.get("/sessions/" + id);
			assertThat(open.text("committed")).isEqualTo("1700");
			assertThat(this.node.alice.post("/admin/commitments/redeem", Map.of("payer", payer.address()))
				.body()
				.path("begun")).as("what an operator asks for").hasSize(1);
			Eventually.isTrue(() -> "1700".equals(this.node.client.get("/sessions/" + id).text("spent")));
		}
		finally {
			this.node.alice.delete("/admin/drain");
		}
	}

	private Map<String, Object> of(String session, String payment, String amount) {
		return Commitments.of(this.environment, session, payment, amount);
	}

	@Test
	void exportIsReadPageByPage() {
		String handle = Sha256.hex(this.environment.payer().session(1_000_000)).substring(0, 16);
		for (int i = 0; i < 3; i++) {
			this.node.alice.post("/admin/sessions/" + handle + "/freeze",
					Map.of("reason", "it is \"odd\"\n \ud83d\ude00 \ud83d"));
		}
		Reply page = this.node.alice.get("/admin/audit?count=2");
		assertThat(page.header("Content-Type")).isEqualTo("application/jsonl");
		List<JsonNode> first = AdministeredNode.lines(page);
		assertThat(first).hasSize(2);
		assertThat(page.header("Link")).isEqualTo("</admin/audit?after=2>; rel=\"next\"");
		List<JsonNode> next = AdministeredNode.lines(this.node.alice.get("/admin/audit?after=2&count=1"));
		assertThat(next.get(0).path("previous").asString()).isEqualTo(first.get(1).path("hash").asString());
		List<JsonNode> all = this.node.audit();
		JsonNode last = all.get(all.size() - 1);
		assertThat(this.node.alice.get("/admin/audit").header("Audit-Head"))
			.isEqualTo("#" + last.path("number").asLong() + " " + last.path("hash").asString());
		assertThat(last.path("reason").asString()).isEqualTo("it is \"odd\"  \ud83d\ude00 ?");
		assertThat(verify().code()).isZero();
		whileTamperedWith(() -> {
			Commands.Output found = verify();
			assertThat(found.code()).isEqualTo(1);
			assertThat(found.text()).isEqualToIgnoringNewLines(
					"The audit log is not as it was written: row 2 is not what it was: its hash is another one.");
		});
	}

	private Commands.Output verify() {
		return Commands.run(this.environment, this.database.properties(), "audit", "verify");
	}

	/** By somebody whom the database lets do everything. */
	private void whileTamperedWith(Runnable look) {
		String who = this.database.jdbc()
			.sql("select who from audit_log where number = 2")
			.query(String.class)
			.single();
		this.database.jdbc()
			.sql("drop trigger audit_log_kept" + ((this.dialect == Dialect.POSTGRESQL) ? " on audit_log" : ""))
			.update();
		String change = "update audit_log set who = :who where number = 2";
		this.database.jdbc().sql(change).param("who", "operator:nobody").update();
		look.run();
		this.database.jdbc().sql(change).param("who", who).update();
	}

}
