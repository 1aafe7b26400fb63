package io.github.x402sessions.stellar.rpc;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import io.github.x402sessions.core.protocol.WireJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The forms in which servers tell when the latest ledger closed.
 */
class HealthTests {

	private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(77), ZoneOffset.UTC);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"latestLedger":5,"latestLedgerCloseTime":"1800000000"} | 1800000000
			{"latestLedger":5,"latestLedgerCloseTime":1800000000}   | 1800000000
			{"latestLedger":5,"latestLedgerCloseTime":null}         | 77
			{"latestLedger":5,"latestLedgerCloseTime":"soon"}       | 77
			{"latestLedger":5}                                      | 77
			""")
	void closeTimeIsAStringOrANumber(String answer, long time) {
		assertThat(WireJson.read(answer.getBytes(StandardCharsets.UTF_8), Health.class).time(CLOCK)).isEqualTo(time);
	}

}
