package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Books that have lost payments pay nothing again.
 */
class LostBooksTests {

	/** The name of an event, as a node tells it. */
	private static final String APPROVE = "AAAADwAAAAdhcHByb3ZlAA==";

	@Test
	void backupThatIsPutBackSettlesNothingUntilAnOperatorSaysSo() throws IOException {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String id = environment.payer().session(1_000_000);
			pay(environment, id, 1, 200);
			environment.stop();
			Path backup = environment.database.resolveSibling("backup.db");
			Files.copy(environment.database, backup);
			environment.start(Map.of());
			pay(environment, id, 2, 200);
			pay(environment, id, 3, 200);
			environment.stop();
			Files.copy(backup, environment.database, StandardCopyOption.REPLACE_EXISTING);
			environment.start(Map.of());
			assertThat(pay(environment, id, 2, 503).text("errorMessage")).contains("books and the chain disagree");
			Reply verified = environment.client.verify(Payments.of(environment, id, "100000"));
			assertThat(verified.status()).isEqualTo(503);
			assertThat(verified.header("Retry-After")).isNotNull();
			assertThat(environment.usdc(environment.merchant).longValueExact()).as("nothing is paid again")
				.isEqualTo(300_000);
			Commands.Output found = Commands.run(environment, "reconcile");
			assertThat(found.code()).isEqualTo(1);
			assertThat(found.text()).contains("and not in the books: 100000 from", "2 difference(s).");
			assertThat(Commands.run(environment, "reconcile", "--accept").code()).isZero();
			assertThat(Commands.run(environment, "reconcile").code()).isZero();
			Eventually.isTrue(() -> environment.client.settle(Payments.of(environment, id, "100000")).status() == 200);
			environment.stop();
			environment.start(Map.of());
			pay(environment, id, 4, 200);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void newBooksLackWhatOldOnesHad(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect);
				FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			Payer payer = environment.payer();
			Map<String, Object> claims = payer.approved(1_000_000);
			String id = environment.client.post("/sessions", claims).text("sessionId");
			pay(environment, id, 1, 200);
			environment.stop();
			environment.start(database.properties());
			String again = environment.client.post("/sessions", claims).text("sessionId");
			assertThat(environment.client.settle(Payments.of(environment, (again != null) ? again : id, "100000"))
				.status()).isEqualTo(503);
			assertThat(Commands.run(environment, database.properties(), "reconcile").text())
				.contains("and not in the books");
			assertThat(Commands.run(environment, database.properties(), "reconcile", "--accept").code()).isZero();
			String fresh = environment.payer().session(1_000_000);
			Eventually
				.isTrue(() -> environment.client.settle(Payments.of(environment, fresh, "100000")).status() == 200);
		}
	}

	/** Whoever has the key spends past the books, which they agree with. */
	@Test
	void transferByAStolenKeyIsFound() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open();
				TestDatabase thief = TestDatabase.sqlite()) {
			try (FacilitatorServer other = FacilitatorServer.start(environment.properties(thief.properties()))) {
				Payer payer = environment.payer();
				Map<String, Object> claims = payer.approved(1_000_000);
				String id = environment.client.post("/sessions", claims).text("sessionId");
				FacilitatorClient client = new FacilitatorClient(other.url());
				String stolen = client.post("/sessions", claims).text("sessionId");
				pay(environment, id, 1, 200);
				payer.transfer(environment.otherMerchant.getAccountId(), 7);
				assertThat(client.settle(Payments.of(environment, stolen, "200000")).status()).isEqualTo(200);
			}
			Commands.Output found = Commands.run(environment, "reconcile");
			assertThat(found.code()).as(found.text()).isEqualTo(1);
			assertThat(found.text()).contains("and not in the books: 200000 from", "1 difference(s).");
			try (TestDatabase books = environment.openDatabase()) {
				books.jdbc()
					.sql("create trigger full before insert on accepted_transfer begin select raise(abort, 'disk is full'); end")
					.update();
			}
			Commands.Output refused = Commands.run(environment, "reconcile", "--accept");
			assertThat(refused.code()).isNotZero();
			assertThat(refused.text()).doesNotContain("it is accepted");
		}
	}

	/** Whose sessions live, however many, the books say where the node does not. */
	@Test
	void transferByAStolenKeyIsFoundThoughTheNodeHasForgottenTheApprove() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open();
				TestDatabase thief = TestDatabase.sqlite();
				NodeProxy forgetful = new NodeProxy(environment.devnet.rpcUri())) {
			Map<String, Object> claims = environment.payer().approved(1_000_000);
			assertThat(environment.client.post("/sessions", claims).status()).isEqualTo(201);
			try (FacilitatorServer other = FacilitatorServer.start(environment.properties(thief.properties()))) {
				FacilitatorClient client = new FacilitatorClient(other.url());
				String stolen = client.post("/sessions", claims).text("sessionId");
				assertThat(client.settle(Payments.of(environment, stolen, "200000")).status()).isEqualTo(200);
			}
			environment.stop();
			try (TestDatabase books = environment.openDatabase()) {
				books.transactions().executeWithoutResult((status) -> {
					for (int i = 0; i < 1_100; i++) {
						books.jdbc()
							.sql("""
									insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender,
									asset, recipient, cap, spent, expiration_ledger, created_at, updated_at)
									select :payer, :payer, proven, network, :payer, approval_ledger, :payer, spender, asset, recipient, cap,
									cap, expiration_ledger - 1, created_at, updated_at from payment_session limit 1""")
							.param("payer", KeyPair.random().getAccountId())
							.update();
					}
				});
			}
			forgetful.answer = (method, text) -> (method.equals("getEvents") && text.contains(APPROVE))
					? text.replaceAll("\"events\":\\[.*?\\}\\]", "\"events\":[]") : text;
			Commands.Output found = Commands.run(environment, Map.of("facilitator.rpc-url", forgetful.url()),
					"reconcile");
			assertThat(found.text()).contains("and not in the books: 200000 from");
		}
	}

	/** Whoever reads the network's traffic can do that, and pays for it. */
	@Test
	void transferThatAStrangerHasPutIntoAnotherTransactionIsNotMissing() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();
				NodeProxy proxy = new NodeProxy(environment.devnet.rpcUri())) {
			environment.start(Map.of("facilitator.rpc-url", proxy.url()));
			String id = environment.payer().session(1_000_000);
			proxy.holdsTransactions = true;
			CompletableFuture<Reply> paid = CompletableFuture
				.supplyAsync(() -> environment.client.settle(Payments.of(environment, id, "100000")));
			Eventually.isTrue(() -> !proxy.held.isEmpty());
			environment.payer().bump(new String(proxy.held.getFirst(), StandardCharsets.UTF_8));
			assertThat(paid.join().status()).as("%s", paid.join()).isEqualTo(200);
			Commands.Output found = Commands.run(environment, "reconcile");
			assertThat(found.text()).isEqualToIgnoringNewLines("Books and chain agree.");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2 })
	void payerWhoLowersAnAllowanceStopsNobodyElseThoughTheNodeHasForgotten(int channels) {
		Map<String, String> properties = Map.of("facilitator.channels", Integer.toString(channels));
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(properties);
				NodeProxy forgetful = new NodeProxy(environment.devnet.rpcUri())) {
			Payer payer = environment.payer();
			String lowered = payer.session(1_000_000);
			String id = environment.payer().session(1_000_000);
			pay(environment, id, 1, 200);
			environment.stop();
			payer.approved(7);
			forgetAll(environment, forgetful);
			environment.start(forgetful(forgetful, properties));
			pay(environment, id, 2, 200);
			Eventually.isTrue(() -> environment.client.settle(Payments.of(environment, lowered, "100000"))
				.text("errorReason") != null);
			assertThat(Commands.run(environment, forgetful(forgetful, properties), "reconcile").code()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2 })
	void numbersTellOfPaymentsThatTheNodeHasForgotten(int channels) throws IOException {
		Map<String, String> properties = Map.of("facilitator.channels", Integer.toString(channels));
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(properties);
				NodeProxy forgetful = new NodeProxy(environment.devnet.rpcUri())) {
			String id = environment.payer().session(1_000_000);
			pay(environment, id, 1, 200);
			environment.stop();
			Path backup = environment.database.resolveSibling("backup.db");
			Files.copy(environment.database, backup);
			environment.start(properties);
			pay(environment, id, 2, 200);
			pay(environment, id, 3, 200);
			pay(environment, id, 4, 200);
			environment.stop();
			Files.copy(backup, environment.database, StandardCopyOption.REPLACE_EXISTING);
			forgetAll(environment, forgetful);
			environment.start(forgetful(forgetful, properties));
			pay(environment, id, 2, 503);
			Commands.Output found = Commands.run(environment, forgetful(forgetful, properties), "reconcile");
			assertThat(found.code()).as(found.text()).isEqualTo(1);
			assertThat(found.text()).contains("transaction(s) that the books do not know");
			assertThat(Commands.run(environment, forgetful(forgetful, properties), "reconcile", "--accept").code())
				.isZero();
			environment.stop();
			forgetAll(environment, forgetful);
			Commands.Output again = Commands.run(environment, forgetful(forgetful, properties), "reconcile");
			assertThat(again.code()).as("what was accepted stays so: %s", again.text()).isZero();
			environment.start(forgetful(forgetful, properties));
			String fresh = environment.payer().session(1_000_000);
			Eventually
				.isTrue(() -> environment.client.settle(Payments.of(environment, fresh, "100000")).status() == 200);
		}
	}

	/** Somebody began a test network anew and kept the file. */
	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void booksOfAnotherLedgerAreToldOnceAndNotWell(CapturedOutput output) {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String id = environment.payer().session(1_000_000);
			pay(environment, id, 1, 200);
			environment.stop();
			seen(environment, environment.devnet.latestLedger() * 1_000);
			environment.start(Map.of());
			Reply health = environment.client.get("/health");
			assertThat(health.status()).isEqualTo(503);
			assertThat(health.text("error"))
				.isEqualTo("its books and the ledger differ, and nothing is settled: see its log");
			pay(environment, id, 2, 503);
			seen(environment, 1);
			Eventually.isTrue(() -> environment.client.get("/health").status() == 200);
			pay(environment, id, 2, 200);
			assertThat(output.getAll())
				.containsOnlyOnce("ERROR ConsistencyMonitor Nothing is settled: the books are of another ledger")
				.contains("move the books of facilitator.database-url away");
		}
	}

	private static void seen(FacilitatorEnvironment environment, long ledger) {
		try (TestDatabase books = environment.openDatabase()) {
			books.jdbc().sql("update chain_search set ledger = :ledger").param("ledger", ledger).update();
		}
	}

	private static Map<String, String> forgetful(NodeProxy node, Map<String, String> properties) {
		Map<String, String> all = new HashMap<>(properties);
		all.put("facilitator.rpc-url", node.url());
		return all;
	}

	/** Let a node remember no ledger that there is yet. */
	private static void forgetAll(FacilitatorEnvironment environment, NodeProxy node) {
		long latest = environment.devnet.latestLedger();
		node.answer = (method, text) -> method.equals("getTransaction")
				? text.replaceAll("\"oldestLedger\":\\d+", "\"oldestLedger\":" + (latest + 1)) : text;
		Eventually.isTrue(() -> environment.devnet.latestLedger() > latest + 2);
	}

	private static Reply pay(FacilitatorEnvironment environment, String id, int number, int status) {
		Reply reply = environment.client
			.settle(Payments.identified(environment, id, "payment-number-" + number, "100000"));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
		return reply;
	}

}
