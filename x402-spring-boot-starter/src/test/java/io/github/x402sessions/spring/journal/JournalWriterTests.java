package io.github.x402sessions.spring.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.spring.ShopDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entries get into the table once, whatever becomes of the database, or into the log.
 */
class JournalWriterTests {

	private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

	private static final String AT = "2026-01-02T03:04:05.678Z";

	@ParameterizedTest
	@EnumSource
	void stopWritesWhatWaits(ShopDatabase.Kind kind) {
		JournalTable table = JournalTable.migrated(ShopDatabase.of(kind));
		JournalWriter writer = writer(table, 10_000, "30s");
		for (int i = 0; i < 2_500; i++) {
			writer.add(entry("p" + i, "settled"));
		}
		writer.close();
		assertThat(writer.written()).isEqualTo(2_500);
		assertThat(writer.lost()).isZero();
		JournalExport export = new JournalExport(table);
		List<JournalEntry> first = export.page(Instant.EPOCH, LAST, null);
		assertThat(first).hasSize(1_000).startsWith(entry("p0", "settled"));
		List<JournalEntry> second = export.page(Instant.EPOCH, LAST, first.get(999));
		assertThat(export.page(Instant.EPOCH, LAST, second.get(999))).hasSize(500);
		assertThat(export.page(Instant.EPOCH, Instant.parse(AT), null)).isEmpty();
		assertThat(export.page(Instant.parse(AT), LAST, null)).hasSize(1_000);
	}

	@ParameterizedTest
	@EnumSource
	void whatIsToldTwiceIsWrittenOnce(ShopDatabase.Kind kind) {
		JournalTable table = JournalTable.migrated(ShopDatabase.of(kind));
		try (JournalWriter writer = writer(table, 100, "30s")) {
			for (int i = 0; i < 3; i++) {
				writer.add(entry("a", "settled"));
				writer.add(entry("b" + i, "settled"));
				writer.add(entry("a", "paid_but_failed"));
			}
		}
		assertThat(table.read(Instant.EPOCH, LAST, null, 100)).extracting((entry) -> entry.id() + " " + entry.event())
			.containsExactly("a paid_but_failed", "a settled", "b0 settled", "b1 settled", "b2 settled");
		table.append(List.of(entry("a", "settled"), entry("c", "settled")));
		assertThat(table.read(Instant.EPOCH, LAST, null, 100)).hasSize(6);
	}

	@ParameterizedTest
	@EnumSource
	void textsOfStrangersFitAndAreText(ShopDatabase.Kind kind) {
		JournalTable table = JournalTable.migrated(ShopDatabase.of(kind));
		String long2 = "\u0000'; drop table x402_journal; --\ud800\r\n=1+1\ud83d\ude00".repeat(200);
		JournalEntry hostile = new JournalEntry(long2, long2, "5", long2, long2, long2, 1L, AT, AT, long2, long2, true,
				long2, "settled", long2, long2, long2, null);
		table.append(List.of(hostile));
		assertThat(table.read(Instant.EPOCH, LAST, null, 10)).containsExactly(hostile);
		assertThat(hostile.handle()).as("it could be a session's id").isNull();
		assertThat(hostile.payer()).doesNotContain("\u0000", "\n").hasSizeLessThanOrEqualTo(128);
	}

	@Test
	void whatDoesNotFitIsInTheLogAndNobodyWaits() {
		ShopDatabase database = ShopDatabase.of(ShopDatabase.Kind.SQLITE);
		JournalTable table = JournalTable.migrated(database);
		database.away(true);
		try (CapturedLog log = CapturedLog.of(JournalWriter.class, Level.INFO)) {
			JournalWriter writer = writer(table, 2, "30s");
			writer.add(entry("p0", "settled"));
			Eventually.isTrue(() -> writer.waiting() == 0);
			for (int i = 1; i < 6; i++) {
				writer.add(entry("p" + i, "settled"));
			}
			assertThat(writer.lost()).isEqualTo(3);
			assertThat(log.messages()).anyMatch((line) -> line.startsWith(
					"Not in the journal of payments, because x402.journal.queue-size entries wait already: p5,"));
			Eventually.isTrue(() -> log.messages().stream().anyMatch((line) -> line.contains("cannot be written")));
			database.away(false);
			Eventually.isTrue(() -> writer.written() == 3);
			Eventually.isTrue(() -> log.messages().stream().anyMatch((line) -> line.contains("written again")));
			writer.close();
			writer.add(entry("p9", "settled"));
			assertThat(log.messages()).anyMatch((line) -> line.contains("has stopped: p9,"));
		}
	}

	@Test
	void stopDoesNotWaitForeverAndTheLogHasTheRest() {
		ShopDatabase database = ShopDatabase.of(ShopDatabase.Kind.SQLITE);
		JournalTable table = JournalTable.migrated(database);
		database.away(true);
		try (CapturedLog log = CapturedLog.of(JournalWriter.class, Level.INFO)) {
			JournalWriter writer = writer(table, 100, "0.2s");
			for (int i = 0; i < 4; i++) {
				writer.add(entry("p" + i, "settled"));
			}
			writer.close();
			assertThat(writer.lost()).isEqualTo(4);
			assertThat(log.messages())
				.filteredOn((line) -> line.contains("did not take it before the application stopped"))
				.hasSize(4);
		}
	}

	@Test
	void whatTheDatabaseNeverTakesKeepsNothingBack() {
		ShopDatabase database = ShopDatabase.of(ShopDatabase.Kind.POSTGRESQL);
		JournalTable table = JournalTable.migrated(database);
		database.jdbc().sql("alter table x402_journal add constraint refusing check (id <> 'poison')").update();
		try (JournalWriter writer = writer(table, 100, "30s")) {
			for (String id : new String[] { "a", "poison", "b" }) {
				writer.add(entry(id, "settled"));
			}
			Eventually.isTrue(() -> writer.written() == 2 && writer.lost() == 1);
		}
		assertThat(table.read(Instant.EPOCH, LAST, null, 10)).extracting(JournalEntry::id).containsExactly("a", "b");
	}

	@Test
	void whateverADriverFailsWithItIsTriedAgain() {
		ShopDatabase database = ShopDatabase.of(ShopDatabase.Kind.SQLITE);
		JournalTable table = JournalTable.migrated(database);
		database.broken(true);
		try (JournalWriter writer = writer(table, 100, "30s")) {
			writer.add(entry("a", "settled"));
			Eventually.isTrue(() -> database.failures() > 0);
			database.broken(false);
			writer.add(entry("b", "settled"));
			Eventually.isTrue(() -> writer.written() == 2);
			assertThat(writer.lost()).isZero();
		}
	}

	private static JournalWriter writer(JournalTable table, int queue, String stop) {
		return new JournalWriter(table, new JournalProperties(true, queue, Duration.parse("PT" + stop)));
	}

	private static JournalEntry entry(String id, String event) {
		return new JournalEntry(id, "confirmed", "100000", "C", "stellar:testnet", "ab12", null, AT, AT, "GP", null,
				false, null, event, "/chat", "GM", null, null);
	}

}
