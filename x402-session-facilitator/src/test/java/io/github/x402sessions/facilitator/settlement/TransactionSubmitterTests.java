package io.github.x402sessions.facilitator.settlement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.github.x402sessions.stellar.rpc.LatestLedger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a transaction lives, whatever the host's clock says.
 */
class TransactionSubmitterTests {

	@ParameterizedTest
	@CsvSource({ "1000000,1000045", "1,1000045", "1000000000,1000045" })
	void transactionLivesByTheClockOfTheLedger(long host, long maxTime) {
		assertThat(submitter(host).maxTime(new LatestLedger(100, 1_000_000, 1))).isEqualTo(maxTime);
	}

	@ParameterizedTest
	@CsvSource({ "1000000,1000045" })
	void hostIsAskedWhereTheNodeDoesNotSay(long host, long maxTime) {
		assertThat(submitter(host).maxTime(new LatestLedger(100, 0, 1))).isEqualTo(maxTime);
	}

	private static TransactionSubmitter submitter(long host) {
		return new TransactionSubmitter(null, null, null, null, Duration.ofSeconds(45),
				Clock.fixed(Instant.ofEpochSecond(host), ZoneOffset.UTC), null);
	}

}
