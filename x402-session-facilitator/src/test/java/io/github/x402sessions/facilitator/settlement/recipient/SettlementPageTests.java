package io.github.x402sessions.facilitator.settlement.recipient;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettlementPageTests {

	private static final RecordedChange PAID = new RecordedChange(7, "cmt_1", "CONFIRMED", BigInteger.valueOf(50), "C",
			"hash", 12L, Instant.EPOCH, Instant.ofEpochSecond(1), "G", "handle", true, "https://shop.example/a,b");

	private static final RecordedChange OPEN = new RecordedChange(9, "=1+1", "WRITTEN_OFF", BigInteger.TEN, "C", null,
			null, Instant.EPOCH, Instant.EPOCH, "G", null, false, null);

	@Test
	void nextPageBeginsAfterTheLastChange() {
		assertThat(SettlementPage.of(List.of(PAID, OPEN), "stellar:testnet", 3).next()).isEqualTo("9");
		assertThat(SettlementPage.of(List.of(), "stellar:testnet", 3).next()).isEqualTo("3");
	}

	@Test
	void tableHasALineOfNamesAndAnEmptyCellForWhatIsAbsent() {
		String csv = text(SettlementPage.of(List.of(PAID, OPEN), "stellar:testnet", 0).csv());
		assertThat(csv).isEqualTo(
				"""
						id,status,amount,asset,network,transaction,ledger,at,updatedAt,payer,handle,deferred,resource\r
						cmt_1,confirmed,50,C,stellar:testnet,hash,12,1970-01-01T00:00:00Z,1970-01-01T00:00:01Z,G,handle,true,"https://shop.example/a,b"\r
						'=1+1,written_off,10,C,stellar:testnet,,,1970-01-01T00:00:00Z,1970-01-01T00:00:00Z,G,,false,\r
						""");
	}

	@Test
	void eachSettlementIsALineOfJson() {
		String lines = text(SettlementPage.of(List.of(PAID, OPEN), "stellar:testnet", 0).jsonLines());
		assertThat(lines.lines()).hasSize(2)
			.allMatch((line) -> line.startsWith("{") && line.endsWith("}"))
			.anyMatch((line) -> line.contains("\"ledger\":12"))
			.anyMatch((line) -> !line.contains("ledger") && !line.contains("handle"));
		assertThat(lines).endsWith("\n");
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
