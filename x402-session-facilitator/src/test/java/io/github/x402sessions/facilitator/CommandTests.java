package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.facilitator.Commands.Output;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands, beside a facilitator that runs.
 */
class CommandTests {

	private static FacilitatorEnvironment environment;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void channelsAreOpenedOnceAndShown() {
		Output created = run("channels", "create", "--count", "3");
		assertThat(created.code()).as(created.text()).isZero();
		assertThat(created.text()).contains("facilitator.channels=3");
		List<String> first = created.text().lines().filter((line) -> line.contains(" 5.0000000 ")).toList();
		assertThat(first).hasSize(3);
		assertThat(run("channels", "create", "--count", "3").text().lines()).containsAll(first);
		Output status = run("channels", "status", "--facilitator.channels=4");
		assertThat(status.code()).isZero();
		assertThat(status.text().lines()).containsAll(first).anyMatch((line) -> line.contains(" missing "));
	}

	@Test
	void spenderWithoutLumensOpensNoChannels() {
		Output created = run("channels", "create", "--count", "2", "--facilitator.channel-balance=9999");
		assertThat(created.code()).isNotZero();
		assertThat(created.text()).contains("has the spender enough lumens?");
	}

	@Test
	void channelsThatAreClosedGiveTheirLumensBack() {
		try (FacilitatorEnvironment other = FacilitatorEnvironment.withoutFacilitator();
				TestDatabase database = other.openDatabase()) {
			BigInteger before = other.lumens(other.spender);
			assertThat(run(other, "channels", "create", "--count", "25").code()).isZero();
			long full = other.lumens(other.channel(25)).longValueExact();
			database.jdbc()
				.sql("update channel set lease = 'x', leased_until = 9999999999999 where address = :address")
				.param("address", other.channel(2).getAccountId())
				.update();
			Output used = run(other, "channels", "close", "--keep", "1");
			assertThat(used.code()).as(used.text()).isEqualTo(1);
			assertThat(used.text()).contains("in use     " + other.channel(2).getAccountId(), "1 account(s) are left.");
			assertThat(other.lumens(other.channel(1)).longValueExact()).isEqualTo(full);
			assertThat(other.lumens(other.channel(25))).isZero();
			database.jdbc().sql("update channel set leased_until = 0").update();
			assertThat(run(other, "channels", "close").code()).isZero();
			assertThat(other.lumens(other.channel(1))).isZero();
			assertThat(before.subtract(other.lumens(other.spender)).longValueExact()).as("only fees are gone")
				.isLessThan(100 * 100);
		}
	}

	@Test
	void booksThatAgreeWithTheChainAreSaidTo() {
		String id = environment.payer().session(1_000_000);
		assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
		assertThat(environment.client.settle(Payments.of(environment, id, "200000")).status()).isEqualTo(200);
		Output output = run("reconcile");
		assertThat(output.text()).isEqualToIgnoringNewLines("Books and chain agree.");
		assertThat(output.code()).isZero();
	}

	@Test
	void everyKindOfDifferenceIsFound() {
		try (FacilitatorEnvironment cheated = FacilitatorEnvironment.open();
				TestDatabase database = cheated.openDatabase()) {
			String id = cheated.payer().session(1_000_000);
			for (int call = 1; call <= 4; call++) {
				cheated.client.settle(Payments.of(cheated, id, call + "0000"));
			}
			tamper(database, "update chain_transaction set status = 'DEAD'", "10000");
			tamper(database, "update chain_transaction set ledger = ledger + 1", "20000");
			tamper(database, "update chain_transaction set status = 'FAILED'", "30000");
			database.jdbc().sql("update settlement set amount = 40001 where amount = 40000").update();
			Output output = run(cheated, "reconcile");
			assertThat(output.code()).isEqualTo(1);
			assertThat(output.text()).contains("is DEAD in the books and SUCCESS", "as in the books",
					"is FAILED in the books and SUCCESS", "does not transfer what the books say, which is 40001",
					"has spent 100000 and reserved 0, its settlements come to 100001 and 0", "5 difference(s).");
			assertThat(output.text()).doesNotContain(id);
		}
	}

	@Test
	void eventsThatWereGivenUpAreShownAndSentAgain() {
		try (TestDatabase database = environment.openDatabase()) {
			EventOutbox outbox = database.store().events();
			outbox.subscribe("shop", Set.of(EventType.SESSION_OPENED), Set.of());
			StoredRow.session("of-the-events").insert(database.jdbc());
			outbox.giveUp("shop", Duration.ZERO);
			assertThat(run("events", "show").text()).contains("shop: 0 waiting", "1 given up");
			Output sent = run("events", "resend", "--webhook", "shop");
			assertThat(sent.code()).as(sent.text()).isZero();
			assertThat(sent.text()).contains("1 event(s) will be sent again");
			assertThat(outbox.claim("shop", Duration.ofSeconds(1))).isPresent();
			assertThat(run("events", "resend", "--webhook", "shop").code()).isNotZero();
			outbox.end("shop");
			database.jdbc().sql("delete from payment_session where id = 'of-the-events'").update();
		}
	}

	@Test
	void nothingIsMadeWhereThereAreNoBooks() {
		Path nowhere = environment.database.resolveSibling("nowhere.db");
		Output output = Commands.run(environment, Map.of("facilitator.database-url", "jdbc:sqlite:" + nowhere,
				"facilitator.rpc-url", "https://node.invalid/rpc"), "reconcile");
		assertThat(output.code()).as(output.text()).isEqualTo(4);
		assertThat(output.text()).contains("The books are not usable");
		assertThat(nowhere).doesNotExist();
		try (TestDatabase empty = TestDatabase.empty(Dialect.POSTGRESQL)) {
			assertThat(Commands.run(environment, empty.properties(), "reconcile").code()).isEqualTo(4);
			assertThat(Commands.run(environment, empty.properties(), "channels", "status").code()).isEqualTo(4);
		}
	}

	@Test
	void whatKeepsFromComparingIsToldFromADifference() {
		Output unreachable = Commands.run(environment, Map.of("facilitator.rpc-url", "http://localhost:1/rpc"),
				"reconcile");
		assertThat(unreachable.code()).as(unreachable.text()).isEqualTo(3);
		Output nobody = Commands.run(environment, Map.of("facilitator.secret", ""), "reconcile");
		assertThat(nobody.code()).as(nobody.text()).isEqualTo(2);
		assertThat(nobody.text()).contains("facilitator.secret");
		assertThat(run("reconcile", "--since", "yesterday").code()).isEqualTo(2);
		assertThat(run("reconcile", "--repiar").code()).as("no property either").isEqualTo(2);
	}

	@Test
	void nodeThatLagsIsNoDifference() {
		try (NodeProxy lagging = new NodeProxy(environment.devnet.rpcUri())) {
			String id = environment.payer().session(1_000_000);
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
			lagging.answer = (method, text) -> method.equals("getTransaction")
					? text.replaceAll("\"latestLedger\":\\d+", "\"latestLedger\":3")
						.replaceAll("\"status\":\"SUCCESS\"", "\"status\":\"NOT_FOUND\"")
					: text;
			Output output = Commands.run(environment, Map.of("facilitator.rpc-url", lagging.url()), "reconcile");
			assertThat(output.code()).as(output.text()).isZero();
			assertThat(output.text()).contains("is in a ledger that the node has not read yet");
		}
	}

	@Test
	void whatIsOlderIsLeftOut() {
		try (FacilitatorEnvironment old = FacilitatorEnvironment.open(); TestDatabase database = old.openDatabase()) {
			String id = old.payer().session(1_000_000);
			old.client.settle(Payments.of(old, id, "10000"));
			tamper(database, "update chain_transaction set status = 'DEAD', created_at = 1", "10000");
			assertThat(run(old, "reconcile").code()).isEqualTo(1);
			assertThat(run(old, "reconcile", "--since", "2026-01-01T00:00:00Z").code()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void manyAreReadSomeAtATimeAndNobodyIsAskedForWhatIsForgotten(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect);
				FacilitatorEnvironment old = FacilitatorEnvironment.withoutFacilitator();
				NodeProxy forgetful = new NodeProxy(old.devnet.rpcUri())) {
			old.start(database.properties());
			old.payer().session(1_000_000);
			old.stop();
			String numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1200)";
			database.jdbc()
				.sql("""
						insert into chain_transaction (hash, envelope, source, sequence, max_time, submitted_ledger, status, ledger,
						created_at, updated_at) %s select 'h' || i, 'AAAA', 'G', i, 1, 1, 'CONFIRMED', 2, i / 2, 1 from n"""
					.formatted(numbers))
				.update();
			database.jdbc()
				.sql("""
						insert into settlement (id, session_id, asset, payer, recipient, amount, status, tx_hash, created_at,
						updated_at) %s select 's' || i, (select id from payment_session), 'C', 'G', 'G', 1, 'CONFIRMED', 'h' || i,
						1, 1 from n"""
					.formatted(numbers))
				.update();
			forgetful.answer = (method, text) -> text.replaceAll("\"oldestLedger\":\\d+", "\"oldestLedger\":3");
			Map<String, String> properties = new HashMap<>(database.properties());
			properties.put("facilitator.rpc-url", forgetful.url());
			Output output = Commands.run(old, properties, "reconcile");
			assertThat(output.text()).contains("1200 transaction(s) are older than the node's memory",
					"has spent 0 and reserved 0, its settlements come to 1200 and 0", "1 difference(s).");
			assertThat(forgetful.calls).filteredOn("getTransaction"::equals)
				.as("which tells the range, too")
				.hasSizeLessThan(10);
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatTheChainProvesIsRepaired(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect);
				FacilitatorEnvironment torn = FacilitatorEnvironment.withoutFacilitator()) {
			torn.start(database.properties());
			String id = torn.payer().session(1_000_000);
			for (int call = 1; call <= 4; call++) {
				torn.client.settle(Payments.of(torn, id, call + "0000"));
			}
			torn.stop();
			tamper(database, "update chain_transaction set status = 'DEAD'", "10000");
			tamper(database, "update chain_transaction set status = 'OVER'", "20000");
			database.jdbc().sql("update settlement set status = 'SUBMITTED' where amount in (20000, 30000)").update();
			database.jdbc().sql("update payment_session set spent = 1, reserved = 7").update();
			Output output = Commands.run(torn, database.properties(), "reconcile", "--repair");
			assertThat(output.text()).contains("repaired",
					"1 settlement(s) or transaction(s) were left behind; they have ended", "it is now CONFIRMED");
			assertThat(output.code()).as(output.text()).isZero();
			assertThat(database.jdbc().sql("select spent from payment_session").query(Long.class).single())
				.isEqualTo(100_000);
			assertThat(database.jdbc().sql("select reserved from payment_session").query(Long.class).single()).isZero();
			Output again = Commands.run(torn, database.properties(), "reconcile");
			assertThat(again.text()).isEqualToIgnoringNewLines("Books and chain agree.");
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void paymentThatWasMadeTwiceIsRepairedAndToldAndNoBadRowStopsTheRest(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect);
				FacilitatorEnvironment torn = FacilitatorEnvironment.withoutFacilitator()) {
			torn.start(database.properties());
			String id = torn.payer().session(1_000_000);
			torn.client.settle(Payments.of(torn, id, "30000"));
			torn.client.settle(Payments.identified(torn, id, "pay_0123456789abcdef", "10000"));
			torn.client.settle(Payments.of(torn, id, "20000"));
			tamper(database, "update chain_transaction set status = 'DEAD'", "10000");
			tamper(database, "update chain_transaction set status = 'DEAD'", "30000");
			database.jdbc().sql("update settlement set status = 'DEAD' where amount in (10000, 30000)").update();
			Reply again = torn.client.settle(Payments.identified(torn, id, "pay_0123456789abcdef", "10000"));
			assertThat(again.status()).as("%s", again).isEqualTo(200);
			torn.stop();
			database.jdbc().sql("""
					create unique index refusing on settlement (session_id)
					where amount in (20000, 30000) and status = 'CONFIRMED'""").update();
			Output output = Commands.run(torn, database.properties(), "reconcile", "--repair");
			assertThat(output.text()).contains("for 30000; the database refuses to change that",
					"for 10000; it is now CONFIRMED, and 1 payment(s) of it were paid again meanwhile",
					"1 difference(s) settled.", "1 difference(s).");
			assertThat(output.code()).isEqualTo(1);
			database.jdbc().sql("drop index refusing").update();
			assertThat(Commands.run(torn, database.properties(), "reconcile", "--repair").code()).isZero();
			assertThat(Commands.run(torn, database.properties(), "reconcile").text())
				.isEqualToIgnoringNewLines("Books and chain agree.");
			assertThat(database.jdbc().sql("select spent from payment_session").query(Long.class).single())
				.isEqualTo(torn.usdc(torn.merchant).longValueExact())
				.isEqualTo(70_000);
		}
	}

	@Test
	void lowerAllowanceIsTheUsersRightAndOnlyNoted() {
		try (FacilitatorEnvironment other = FacilitatorEnvironment.open()) {
			Payer payer = other.payer();
			payer.session(1_000_000);
			payer.approved(7, other.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME);
			Output output = run(other, "reconcile");
			assertThat(output.text()).contains("note", payer.address(), "allows 7", "may still take 1000000");
			assertThat(output.code()).isZero();
		}
	}

	private static void tamper(TestDatabase database, String change, String amount) {
		database.jdbc()
			.sql(change + " where hash = (select tx_hash from settlement where amount = " + amount + ")")
			.update();
	}

	private static Output run(String... arguments) {
		return Commands.run(environment, arguments);
	}

	private static Output run(FacilitatorEnvironment where, String... arguments) {
		return Commands.run(where, arguments);
	}

}
