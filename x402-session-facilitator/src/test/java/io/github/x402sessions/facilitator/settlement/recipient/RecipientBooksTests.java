package io.github.x402sessions.facilitator.settlement.recipient;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever goes from page to page misses no change, whenever it was begun.
 */
class RecipientBooksTests {

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void pagesHoldEachChangeInItsOrderAndNobodyElses(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			RecipientBooks books = database.store().recipients();
			for (int i = 0; i < 5; i++) {
				insert(database, "s" + i, "r", i);
			}
			insert(database, "foreign", "other", 0);
			assertThat(books.changes("r", 0, 2)).extracting(RecordedChange::id).containsExactly("s0", "s1");
			List<RecordedChange> all = read(books, 0, 2);
			assertThat(all).extracting(RecordedChange::id).containsExactly("s0", "s1", "s2", "s3", "s4");
			long last = all.get(4).number();
			assertThat(books.changes("r", last, 2)).isEmpty();
			assertThat(books.lastTold("r")).isEqualTo(last);
			assertThat(books.lastTold("unknown")).isZero();
			update(database, "s1");
			insert(database, "s5", "r", 9);
			assertThat(read(books, last, 10)).extracting(RecordedChange::id).containsExactlyInAnyOrder("s1", "s5");
			assertThat(read(books, 0, 3)).extracting(RecordedChange::id)
				.containsExactlyInAnyOrder("s0", "s2", "s3", "s4", "s1", "s5");
			assertThat(read(books, 0, 3)).extracting(RecordedChange::status).contains("WRITTEN_OFF");
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whoBeginsNowIsToldWhatIsOpenAndNothingThatEnded(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			RecipientBooks books = database.store().recipients();
			assertThat(books.numberAll("r")).isZero();
			insert(database, "foreign", "other", 0);
			database.jdbc()
				.sql("""
						with recursive n(i) as (select 0 union all select i + 1 from n where i < 1002)
						insert into settlement (id, asset, payer, recipient, amount, status, deferred, payment_id, created_at,
						updated_at) select 's' || i, 'C', 'p', 'r', 5, case when i > 2 then 'WRITTEN_OFF' else 'COMMITTED' end,
						true, 'pay_' || i, i, i from n""")
				.update();
			long latest = books.numberAll("r");
			assertThat(latest).isEqualTo(1_003);
			assertThat(books.changes("r", latest, 10)).isEmpty();
			List<RecordedChange> open = books.open("r", 0, 2);
			assertThat(open).extracting(RecordedChange::id).containsExactly("s0", "s1");
			open = books.open("r", open.get(1).number(), 2);
			assertThat(open).extracting(RecordedChange::id).containsExactly("s2");
			update(database, "s2");
			assertThat(books.open("r", open.get(0).number(), 2)).isEmpty();
			assertThat(books.changes("r", latest, 10)).extracting(RecordedChange::id).containsExactly("s2");
		}
	}

	/** SQLite has one writer at a time. */
	@Test
	void changeThatIsBegunBeforeAndKeptAfterAPageWasReadComesLater() {
		try (TestDatabase database = TestDatabase.postgres()) {
			TestStore other = database.store();
			insert(database, "s0", "r", 0);
			insert(database, "s1", "r", 1);
			List<RecordedChange> seen = read(other.recipients(), 0, 10);
			List<RecordedChange> meanwhile = new ArrayList<>();
			database.transactions().executeWithoutResult((status) -> {
				update(database, "s0");
				insert(database, "s2", "r", 2);
				TestDatabase others = database;
				Thread reader = new Thread(() -> {
					insert(others, "s3", "r", 3);
					meanwhile.addAll(read(others.store().recipients(), seen.get(1).number(), 10));
				});
				reader.start();
				join(reader);
			});
			assertThat(meanwhile).extracting(RecordedChange::id).containsExactly("s3");
			assertThat(read(other.recipients(), meanwhile.get(0).number(), 10)).extracting(RecordedChange::id)
				.containsExactlyInAnyOrder("s0", "s2");
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatWasSignedTellsTheUrl(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			insert(database, "s0", "r", 0);
			insert(database, "s1", "r", 1);
			insert(database, "s2", "r", 2);
			String signed = new PaymentStatement("stellar:testnet", "C", "r", "5", "0", "GET",
					"https://shop.example/%3Cb%3E?<b>=1", "pay_1", 9, "-")
				.text();
			database.store().evidence().keep("s1", new PaymentEvidence("key", signed, "signature"));
			database.store().evidence().keep("s2", new PaymentEvidence("key", "another version's", "signature"));
			assertThat(read(database.store().recipients(), 0, 10)).extracting(RecordedChange::resource)
				.containsExactly(null, "https://shop.example/%3Cb%3E?<b>=1", null);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static List<RecordedChange> read(RecipientBooks books, long since, int count) {
		List<RecordedChange> all = new ArrayList<>();
		long last = since;
		List<RecordedChange> page = books.changes("r", last, count);
		while (!page.isEmpty()) {
			all.addAll(page);
			last = page.get(page.size() - 1).number();
			page = books.changes("r", last, count);
		}
		return all;
	}

	private static void update(TestDatabase database, String id) {
		database.jdbc()
			.sql("update settlement set status = 'WRITTEN_OFF', updated_at = 100 where id = :id")
			.param("id", id)
			.update();
	}

	private static void insert(TestDatabase database, String id, String recipient, long at) {
		StoredRow.commitment(id)
			.with("session_id", null)
			.with("recipient", recipient)
			.with("created_at", at)
			.with("updated_at", at)
			.insert(database.jdbc());
	}

}
