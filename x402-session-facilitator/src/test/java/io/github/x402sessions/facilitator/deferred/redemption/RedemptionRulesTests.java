package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

import io.github.x402sessions.stellar.transfer.Parties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits for others, and for how long.
 */
class RedemptionRulesTests {

	private static final Instant NOW = Instant.ofEpochSecond(10_000);

	private final RedemptionRules rules = new RedemptionRules(Duration.ofMinutes(10), BigInteger.valueOf(1_000), 40,
			null, null);

	@ParameterizedTest
	@CsvSource({ "599,10,false,900,100,false", "600,10,false,900,100,true", "1,999,false,900,100,false",
			"1,1000,false,900,100,true", "1,10,true,900,100,true", "1,10,false,141,100,false",
			"1,10,false,140,100,true" })
	void waitsNoLonger(long age, long amount, boolean ended, long lastLedger, long ledger, boolean due) {
		OpenParties open = open(NOW.minusSeconds(age), amount, ended, lastLedger, Instant.EPOCH);
		assertThat(this.rules.isDue(open, NOW, ledger)).isEqualTo(due);
	}

	@Test
	void newSessionOfThePayerHasTheOldOneRedeemed() {
		Instant oldest = NOW.minusSeconds(5);
		assertThat(this.rules.isDue(open(oldest, 1, false, 900, NOW.minusSeconds(6)), NOW, 1)).isFalse();
		assertThat(this.rules.isDue(open(oldest, 1, false, 900, NOW.minusSeconds(4)), NOW, 1)).isTrue();
	}

	@Test
	void sumsAloneDoNotMatterWhereNoneIsSet() {
		RedemptionRules byAge = new RedemptionRules(Duration.ofMinutes(10), null, 40, null, null);
		assertThat(byAge.isDue(open(NOW, Long.MAX_VALUE, false, 900, Instant.EPOCH), NOW, 1)).isFalse();
	}

	@Test
	void whatIsDefaultedIsCollectedAndNotRedeemed() {
		assertThat(this.rules.isDue(open(null, 5_000, true, 1, NOW), NOW, 100)).isFalse();
	}

	@Test
	void twiceTheAgeIsLate() {
		assertThat(this.rules.isLate(NOW.minusSeconds(1_200), NOW)).isFalse();
		assertThat(this.rules.isLate(NOW.minusSeconds(1_201), NOW)).isTrue();
	}

	private static OpenParties open(Instant oldest, long amount, boolean ended, long lastLedger, Instant latest) {
		return new OpenParties(new Parties("C", "p", "r"), BigInteger.valueOf(amount), oldest, (oldest != null) ? 1 : 0,
				oldest == null, ended, lastLedger, latest);
	}

}
