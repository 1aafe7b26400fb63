package io.github.x402sessions.facilitator;

import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.Commands.Output;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands, beside a facilitator that runs.
 */
class CommandTests {

	private static Town town;

	@BeforeAll
	static void open() {
		town = Town.open();
	}

	@AfterAll
	static void close() {
		town.close();
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
	void booksThatAgreeWithTheChainAreSaidTo() {
		String id = town.payer().session(1_000_000);
		assertThat(town.client.settle(Payments.of(town, id, "100000")).status()).isEqualTo(200);
		assertThat(town.client.settle(Payments.of(town, id, "200000")).status()).isEqualTo(200);
		Output output = run("reconcile");
		assertThat(output.text()).isEqualToIgnoringNewLines("Books and chain agree.");
		assertThat(output.code()).isZero();
	}

	@Test
	void everyKindOfDifferenceIsFound() {
		try (Town cheated = Town.open(); TestDatabase database = cheated.openDatabase()) {
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
	void lowerAllowanceIsTheUsersRightAndOnlyNoted() {
		try (Town other = Town.open()) {
			Payer payer = other.payer();
			payer.session(1_000_000);
			payer.approved(7, other.devnet.latestLedger() + Town.LIFETIME);
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
		return Commands.run(town, arguments);
	}

	private static Output run(Town where, String... arguments) {
		return Commands.run(where, arguments);
	}

}
