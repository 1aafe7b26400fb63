package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.x402sessions.facilitator.DatabaseFaults;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whatever call to the database fails: commitments are carried, given back, put in
 * default and written off with all their sums or not at all.
 */
class RedemptionFaultTests {

	private static final Parties PARTIES = new Parties("C", "p", "r");

	private static final SubmittedTransaction SUBMITTED = new SubmittedTransaction(
			new SignedTransaction("hash", "envelope", "source", 8, 1_045), 100, null);

	@Test
	void unitIsWholeWhateverCallFails() {
		try (TestDatabase database = TestDatabase.sqlite(); DatabaseFaults faults = DatabaseFaults.of(database)) {
			JdbcClient sound = database.jdbc();
			TestStore healthy = database.store();
			TestStore store = faults.store();
			Consumer<Boolean> prepare = (sent) -> {
				prepare(sound, healthy);
				if (sent) {
					healthy.transactions().add(SUBMITTED);
					healthy.settlements().carryCommitted(List.of("first", "second"), "hash");
					healthy.sums().carry("hash");
				}
			};
			faults.strike(() -> prepare.accept(false), () -> store.books()
				.open(List.of(member("first"), member("second")), SUBMITTED, new ChannelLease("lease", "source", 7L)));
			faults.strike(() -> prepare.accept(true), () -> store.books().close(SUBMITTED, Outcome.dead("late")));
			RedemptionBooks books = new RedemptionBooks(store.unitOfWork(), store.redemptions(), store.accounts(),
					store.lending(), new IgnoredFigures());
			faults.strike(() -> prepare.accept(false),
					() -> books.putInDefault(PARTIES, List.of(open("first"), open("second"))));
			faults.strike(() -> prepare.accept(false), () -> books.writeOff(PARTIES, 901));
		}
	}

	private static void prepare(JdbcClient jdbc, TestStore store) {
		StoredRow.session("k").with("reserved", 10).with("committed", 10).insert(jdbc);
		jdbc.sql("""
				insert into channel (address, spender, slot, lease, leased_until)
				values ('source', 'source', 0, 'lease', 9000000000000000)""").update();
		for (String id : List.of("first", "second")) {
			StoredRow.commitment(id).with("amount", 5).insert(jdbc);
		}
		store.lending().lend(Map.of(PARTIES, BigInteger.TEN));
	}

	private static OpenCommitment open(String id) {
		return new OpenCommitment(id, "k", "s", BigInteger.valueOf(5), 900, 10, 0);
	}

	private static Settlement member(String id) {
		return new Settlement(id, "k", new Transfer("C", "p", "r", BigInteger.valueOf(5)), 900, true);
	}

}
