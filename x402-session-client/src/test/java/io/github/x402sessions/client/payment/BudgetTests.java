package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Budget}.
 */
class BudgetTests {

	private Instant now = Payers.START;

	private final Budget budget = Budget.of("stellar:testnet", "CUSDC", BigInteger.TEN, Duration.ofMinutes(1),
			new Clock() {
				@Override
				public ZoneId getZone() {
					return ZoneOffset.UTC;
				}

				@Override
				public Clock withZone(ZoneId zone) {
					return this;
				}

				@Override
				public Instant instant() {
					return BudgetTests.this.now;
				}
			});

	@Test
	void sharesComeBackWhenTheirPeriodIsOver() {
		assertThat(take(6)).isTrue();
		this.now = this.now.plusSeconds(30);
		assertThat(take(4)).isTrue();
		assertThat(take(1)).isFalse();
		this.now = this.now.plusSeconds(30);
		assertThat(take(6)).isTrue();
		assertThat(take(1)).isFalse();
	}

	@Test
	void whatWasNeverSentIsGivenBackOnce() {
		Budget.Share share = this.budget.take(HostileServer.asking("10")).orElseThrow();
		share.giveBack();
		share.giveBack();
		assertThat(take(10)).isTrue();
		assertThat(take(1)).isFalse();
	}

	@Test
	void whatIsLeftIsToldUntilTheNextPeriod() {
		assertThat(take(6)).isTrue();
		assertThat(this.budget.left()).contains(BigInteger.valueOf(4));
		this.now = this.now.plusSeconds(60);
		assertThat(this.budget.left()).contains(BigInteger.TEN);
		assertThat(Budget.unlimited().left()).isEmpty();
	}

	@Test
	void manyThreadsNeverTakeMoreThanThereIs() {
		long taken = IntStream.range(0, 1000).parallel().filter((i) -> take(1)).count();
		assertThat(taken).isEqualTo(10);
	}

	@ParameterizedTest
	@CsvSource({ "stellar:testnet,COTHER", "stellar:pubnet,CUSDC" })
	void whatIsPaidWithAnotherAssetHasNoShare(String network, String asset) {
		PaymentRequirements other = HostileServer.asking(network, "1", asset, "GSHOP");
		assertThat(this.budget.take(other)).isEmpty();
		assertThat(take(10)).isTrue();
		assertThat(Budget.unlimited().take(other)).isPresent();
	}

	private boolean take(long amount) {
		return this.budget.take(HostileServer.asking(String.valueOf(amount))).isPresent();
	}

}
