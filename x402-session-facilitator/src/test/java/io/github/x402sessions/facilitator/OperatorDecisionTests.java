package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Decisions that stop or start money, through the admin API and by command: both doors
 * lead to the same, and to the audit log.
 */
class OperatorDecisionTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatNoNodeRemembersIsDecidedByWhatThereIsToSee(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect);
				FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();
				NodeProxy proxy = new NodeProxy(environment.devnet.rpcUri())) {
			Map<String, String> properties = new HashMap<>(database.properties());
			properties.putAll(Map.of("facilitator.rpc-url", proxy.url(), "facilitator.settle-timeout", "1s",
					"facilitator.transaction-validity", "2s"));
			try (AdministeredNode node = AdministeredNode.start(environment, properties)) {
				SessionHolder holder = SessionHolder.of(environment, 1_000_000);
				proxy.answer = (method, text) -> method.equals("getTransaction") ? forgetful(text) : text;
				assertThat(holder.call("pay_0123456789abcdef", "100000").settle().text("errorReason"))
					.isEqualTo("settlement_pending");
				JsonNode open = node.alice.get("/admin/transactions").body().at("/transactions/0");
				assertThat(open.path("amount").asString()).isEqualTo("100000");
				assertThat(open.path("found").asString()).isEqualTo("NOT_FOUND");
				assertThat(open.at("/evidence/0/evidence/statement").asString()).startsWith("x402-session-payment:v1");
				assertThat(open.toString()).doesNotContain(holder.sessionId);
				proxy.answer = (method, text) -> method.equals("getTransaction") ? "no answer" : text;
				Reply silent = node.alice.get("/admin/transactions?count=1");
				assertThat(silent.text("open")).isEqualTo("1");
				assertThat(silent.text("transactions/0/amount")).isEqualTo("100000");
				assertThat(silent.text("transactions/0/evidence/0/evidence/statement")).isNotNull();
				assertThat(silent.text("transactions/0/found")).isNull();
				assertThat(silent.text("transactions/0/allowed")).isNull();
				proxy.answer = (method, text) -> method.equals("getTransaction") ? forgetful(text) : text;
				assertThat(node.alice.get("/admin/transactions").text("transactions/0/allowed")).isEqualTo("900000");
				String path = "/admin/transactions/" + open.path("hash").asString() + "/decide";
				Map<String, Object> moved = Map.of("moved", true, "reason", "the shop has it");
				environment.devnet.faults().pauseClosing();
				assertThat(node.alice.post(path, moved).text("error")).isEqualTo("a ledger may still apply it");
				environment.devnet.faults().resumeClosing();
				Eventually.isTrue(() -> node.alice.post(path, moved).status() == 200);
				assertThat(node.alice.get("/admin/transactions").body().path("transactions")).isEmpty();
				assertThat(node.alice.get("/admin/transactions").text("open")).isEqualTo("0");
				assertThat(environment.client.get("/sessions/" + holder.sessionId).text("spent")).isEqualTo("100000");
				assertThat(node.lastRows(1)).containsExactly("operator:alice transaction.decide OPEN > CONFIRMED done");
				assertThat(node.audit().toString()).contains("a ledger may still apply it", "the shop has it")
					.doesNotContain(holder.sessionId);
			}
		}
	}

	/** Such a transfer uses no allowance, so none is shown to compare with. */
	@Test
	void transferThatItsPayerHasSignedIsShownWithoutAnAllowance() {
		try (TestDatabase database = TestDatabase.sqlite();
				FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator()) {
			Map<String, String> properties = new HashMap<>(database.properties());
			properties.put("facilitator.settle-timeout", "1s");
			try (AdministeredNode node = AdministeredNode.start(environment, properties)) {
				Payer payer = environment.payer();
				payer.approved(1_000_000);
				Map<String, Object> payment = ExactTransfers.payment(environment, payer.key, 1_000);
				environment.devnet.faults().pauseClosing();
				assertThat(environment.client.settle(payment).text("errorReason")).isEqualTo("settlement_pending");
				JsonNode open = node.alice.get("/admin/transactions").body().at("/transactions/0");
				assertThat(open.path("payer").asString()).isEqualTo(payer.address());
				assertThat(open.path("found").asString()).isEqualTo("NOT_FOUND");
				assertThat(open.path("used").isMissingNode()).isFalse();
				assertThat(open.path("allowed").isMissingNode()).as("%s", open).isTrue();
				environment.devnet.faults().resumeClosing();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void settlingGoesOnOnceTheDifferenceThatWasLookedAtIsAccepted(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect);
				FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			Map<String, Object> claims = environment.payer().approved(1_000_000);
			String id = environment.client.post("/sessions", claims).text("sessionId");
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
			environment.stop();
			try (AdministeredNode node = AdministeredNode.start(environment, database.properties())) {
				String fresh = environment.payer().session(1_000_000);
				assertThat(environment.client.settle(Payments.of(environment, fresh, "100000")).status())
					.isEqualTo(503);
				Reply books = node.alice.get("/admin/books");
				assertThat(books.text("settling")).isEqualTo("false");
				String difference = books.text("difference");
				assertThat(difference).contains("the books lack 1 transfer(s)");
				assertThat(books.text("findings/0/detail")).contains("and not in the books: 100000 from");
				Map<String, String> shown = Map.of("digest", books.text("digest"), "reason", "books of last year");
				environment.start(Map.of());
				assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
				environment.stop();
				environment.client = node.client;
				Reply changed = node.alice.post("/admin/books/accept", shown);
				assertThat(changed.status()).as("%s", changed.body()).isEqualTo(409);
				assertThat(node.alice.get("/admin/books").text("settling")).isEqualTo("false");
				Reply again = node.alice.get("/admin/books");
				assertThat(again.text("difference")).isEqualTo(difference);
				assertThat(again.body().path("findings")).hasSize(2);
				Reply accepted = node.alice.post("/admin/books/accept",
						Map.of("digest", again.text("digest"), "reason", "books of last year"));
				assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(200);
				assertThat(accepted.text("accepted/0/detail")).contains("and not in the books: 100000 from");
				Eventually
					.isTrue(() -> environment.client.settle(Payments.of(environment, fresh, "100000")).status() == 200);
				assertThat(node.lastRows(2)).containsExactly("operator:alice books.accept - > - begun",
						"operator:alice books.accept - > 2 accepted done");
			}
		}
	}

	/** Each in the way of what it does, and by the name of whoever runs it. */
	@Test
	void commandsThatChangeSomethingAreInTheLogAndItsExportIsVerified() throws IOException {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String id = environment.payer().session(1_000_000);
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
			Commands.run(environment, "reconcile");
			Commands.run(environment, "channels", "status");
			assertThat(Commands.run(environment, "audit", "verify").text()).startsWith("0 row(s) are");
			Commands.run(environment, "channels", "create", "--count", "1");
			Commands.run(environment, "channels", "close", "--keep", "1");
			Commands.run(environment, "reconcile", "--repair", "--reason", "after a crash");
			Commands.run(environment, "reconcile", "--accept");
			Commands.run(environment, "transactions", "decide", "--hash", "0".repeat(64), "--moved", "false");
			Commands.run(environment, "discovery", "hide", "--of", "https://shop.example");
			Commands.run(environment, "discovery", "release", "--origin", "https://shop.example");
			String export = Commands.run(environment, "audit", "export").text();
			assertThat(export.lines()
				.map((line) -> line.replaceAll(".*\"action\":\"([^\"]+)\".*\"outcome\":\"([^\"]+)\".*", "$1 $2")))
				.containsExactly("channels.create begun", "channels.create done", "channels.close begun",
						"channels.close done", "books.repair begun", "books.repair done", "books.accept begun",
						"books.accept done", "transaction.decide refused", "listing.hide done", "origin.release done");
			assertThat(export.lines()).allMatch((line) -> line.contains("cli:" + System.getProperty("user.name")));
			assertThat(export).contains("after a crash").doesNotContain(id);
			List<String> lines = export.lines().toList();
			Path file = Files.write(this.folder.resolve("audit.jsonl"), lines);
			Commands.Output whole = verify(file);
			assertThat(whole.code()).as(whole.text()).isZero();
			assertThat(whole.text()).startsWith("11 row(s) are as they were written. The last one is #11 ");
			String fifth = lines.get(4).replaceAll(".*\"hash\":\"([^\"]+)\".*", "$1");
			assertThat(verify(file, "--head", fifth).text()).startsWith("11 row(s)");
			assertThat(verify(file, "--head", "0".repeat(63) + "1").text()).contains("no row has the hash");
			Files.write(file, lines.subList(5, 11));
			assertThat(verify(file, "--head", fifth).text()).contains("no row has the hash");
			assertThat(verify(file, "--before", fifth).code()).as("the rows after that").isZero();
			assertThat(verify(file).text()).contains("6 row(s) are",
					"Nothing says that row 6 is the one that followed");
			assertThat(verify(file, "--before", "0".repeat(64)).code()).isEqualTo(1);
			assertThat(Commands.run(environment, "audit", "verify", "--before", fifth).code()).isEqualTo(2);
			Files.writeString(file, export.replace("after a crash", "after a storm"));
			Commands.Output changed = verify(file);
			assertThat(changed.code()).isEqualTo(1);
			assertThat(changed.text()).contains("line 5: row 5 is not what it was");
			Files.write(file, lines.stream().filter((line) -> !line.contains("\"number\":7,")).toList());
			assertThat(verify(file).text()).contains("line 7: row 8 follows row 6");
			Files.writeString(file, lines.get(0) + "\n{}\n");
			assertThat(verify(file).text()).contains("line 2 is no row");
			assertThat(verify(this.folder.resolve("nowhere")).code()).isEqualTo(2);
		}
	}

	private static Commands.Output verify(Path file, String... more) {
		String[] arguments = new String[more.length + 4];
		System.arraycopy(new String[] { "audit", "verify", "--file", file.toString() }, 0, arguments, 0, 4);
		System.arraycopy(more, 0, arguments, 4, more.length);
		return Commands.run(Map.of(), arguments);
	}

	/** As of a node that has forgotten the ledgers that applied them. */
	private static String forgetful(String text) {
		return text.replaceAll("\"oldestLedger\":\\d+", "\"oldestLedger\":4000000000")
			.replace("\"status\":\"SUCCESS\"", "\"status\":\"NOT_FOUND\"");
	}

}
