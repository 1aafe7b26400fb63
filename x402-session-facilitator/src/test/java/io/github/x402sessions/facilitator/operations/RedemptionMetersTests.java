package io.github.x402sessions.facilitator.operations;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.facilitator.deferred.redemption.OpenParties;
import io.github.x402sessions.stellar.transfer.Parties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RedemptionMetersTests {

	private static final String PREFIX = "x402.facilitator.commitments.";

	private static final Instant NOW = Instant.ofEpochSecond(10_000);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RedemptionMeters meters = new RedemptionMeters(this.registry, Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void amountsOfDifferentAssetsAreNeverAddedUp() {
		this.meters.open(List.of(open("A", "p", "r", 5), open("A", "q", "r", 7), open("B", "p", "r", 100)));
		assertThat(open("A", "r")).isEqualTo(12);
		assertThat(open("B", "r")).isEqualTo(100);
		this.meters.defaulted("A", BigInteger.ONE);
		this.meters.defaulted("B", BigInteger.TEN);
		this.meters.defaulted("B", BigInteger.TEN);
		this.meters.writtenOff("B", BigInteger.TWO);
		assertThat(count("defaulted", "A")).isEqualTo(1);
		assertThat(count("defaulted", "B")).isEqualTo(20);
		assertThat(count("written.off", "B")).isEqualTo(2);
	}

	@Test
	void recipientsBeyondTheFiftyLargestOfAnAssetAreOne() {
		List<OpenParties> all = new ArrayList<>();
		for (int i = 1; i <= 53; i++) {
			all.add(open("A", "p", "r" + i, i));
		}
		all.add(open("B", "p", "r1", 1));
		this.meters.open(all);
		assertThat(this.registry.get(PREFIX + "open").tag("asset", "A").gauges()).hasSize(51);
		assertThat(open("A", "r4")).isEqualTo(4);
		assertThat(open("A", "other")).isEqualTo(1 + 2 + 3);
		assertThat(open("B", "r1")).isEqualTo(1);
	}

	@Test
	void whatIsOpenNoMoreIsNotShown() {
		this.meters.open(List.of(open("A", "p", "r", 5),
				new OpenParties(new Parties("A", "q", "r"), BigInteger.ONE, null, 0, true, false, 900, Instant.EPOCH)));
		assertThat(oldest()).as("the age of what is not in default").isEqualTo(60);
		this.meters.open(List.of());
		assertThat(this.registry.find(PREFIX + "open").gauges()).isEmpty();
		assertThat(oldest()).isZero();
	}

	@Test
	void commitmentsAreCountedByTransaction() {
		this.meters.redeemed(100);
		this.meters.redeemed(20);
		assertThat(this.registry.get(PREFIX + "redeemed").summary().count()).isEqualTo(2);
		assertThat(this.registry.get(PREFIX + "redeemed").summary().mean()).isEqualTo(60);
	}

	private double oldest() {
		return this.registry.get(PREFIX + "oldest").gauge().value();
	}

	private double open(String asset, String recipient) {
		return this.registry.get(PREFIX + "open").tags("asset", asset, "recipient", recipient).gauge().value();
	}

	private double count(String name, String asset) {
		return this.registry.get(PREFIX + name).tag("asset", asset).counter().count();
	}

	private static OpenParties open(String asset, String payer, String recipient, long amount) {
		return new OpenParties(new Parties(asset, payer, recipient), BigInteger.valueOf(amount), NOW.minusSeconds(60),
				1, false, false, 900, Instant.EPOCH);
	}

}
