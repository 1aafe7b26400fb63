package io.github.x402sessions.stellar.rpc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One answer of the node serves many questions, but not for long.
 */
class LedgerClockTests {

	private final FakeStellarRpc rpc = new FakeStellarRpc();

	private final AtomicLong nanos = new AtomicLong();

	private final LedgerClock clock = new LedgerClock(this.rpc, Duration.ofSeconds(2), this.nanos::get);

	@Test
	void answerIsUsedUntilItIsTooOld() {
		assertThat(this.clock.latest()).isEqualTo(new LatestLedger(100, 1_000, 1));
		this.nanos.addAndGet(1_999_999_999);
		this.clock.latest();
		assertThat(this.rpc.heights).isEqualTo(1);
		this.nanos.addAndGet(1);
		this.clock.latest();
		assertThat(this.rpc.heights).isEqualTo(2);
	}

	@Test
	void nowIsAlwaysAskedFor() {
		this.clock.latest();
		this.rpc.latest = () -> new LatestLedger(101, 1_005, 1);
		assertThat(this.clock.now().sequence()).isEqualTo(101);
		assertThat(this.clock.latest().sequence()).isEqualTo(101);
		assertThat(this.rpc.heights).isEqualTo(2);
	}

	@Test
	void networksTimeGoesOnBetweenAnswersIfItIsKnown() {
		assertThat(this.clock.aged()).isEqualTo(new LatestLedger(100, 1_000, 1));
		this.nanos.addAndGet(Duration.ofMillis(1_500).toNanos());
		assertThat(this.clock.aged()).isEqualTo(new LatestLedger(100, 1_001, 1));
		this.rpc.latest = () -> new LatestLedger(101, 0, 1);
		this.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		assertThat(this.clock.aged()).isEqualTo(new LatestLedger(101, 0, 1));
	}

	@Test
	void failureServesAllAsWellAndPasses() {
		this.rpc.latest = () -> {
			throw new RpcException("down", null);
		};
		assertThatExceptionOfType(RpcException.class).isThrownBy(this.clock::latest);
		assertThatExceptionOfType(RpcException.class).isThrownBy(this.clock::latest);
		assertThat(this.rpc.heights).isEqualTo(1);
		this.rpc.latest = () -> new LatestLedger(102, 0, 1);
		this.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
		assertThat(this.clock.latest().sequence()).isEqualTo(102);
	}

}
