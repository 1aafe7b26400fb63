package io.github.x402sessions.stellar.rpc;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nodes of a pool that do not agree on the latest ledger look like one that goes forward.
 */
class MonotonicRpcTests {

	private final FakeStellarRpc pool = new FakeStellarRpc();

	private final AtomicLong nanos = new AtomicLong();

	private final MonotonicRpc rpc = new MonotonicRpc(this.pool, this.nanos::get);

	@Test
	void heightNeverGoesBack() {
		heights(100, 98, 101);
		assertThat(this.rpc.latestLedger()).isEqualTo(new LatestLedger(100, 1_100, 1));
		assertThat(this.rpc.latestLedger()).isEqualTo(new LatestLedger(100, 1_100, 1));
		assertThat(this.rpc.latestLedger()).isEqualTo(new LatestLedger(101, 1_101, 1));
	}

	@Test
	void networkThatWasResetIsBelievedAfterAWhile() {
		heights(100, 5);
		this.rpc.latestLedger();
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos() + 1);
		assertThat(this.rpc.latestLedger().sequence()).isEqualTo(5);
	}

	@Test
	void transactionTellsTheHeightToo() {
		this.pool.lookups.add(() -> FakeStellarRpc.notFound(120, 1_120, 1));
		this.rpc.transaction("00");
		assertThat(this.rpc.latestLedger()).isEqualTo(new LatestLedger(120, 1_120, 1));
	}

	@Test
	void entriesOfAnOlderLedgerAreReadAgain() {
		heights(100, 97, 99, 100, 90);
		this.rpc.latestLedger();
		assertThat(this.rpc.entries(List.of()).latestLedger()).isEqualTo(100);
	}

	@Test
	void newestIsTakenWhereAllAreOlder() {
		heights(100, 97, 99, 98, 97, 97, 97, 100);
		this.rpc.latestLedger();
		assertThat(this.rpc.entries(List.of()).latestLedger()).isEqualTo(99);
	}

	@Test
	void simulationThatFailsInAnOlderLedgerIsTriedAgain() {
		this.rpc.latestLedger();
		simulations(failed(99), new Simulation("AAAA", 1, null, 98, List.of()));
		assertThat(this.rpc.simulate("").transactionData()).isEqualTo("AAAA");
		simulations(failed(99), failed(100));
		assertThat(this.rpc.simulate("").error()).isEqualTo("no");
	}

	@Test
	void simulationThatFailsInOlderLedgersAloneTellsNothing() {
		this.rpc.latestLedger();
		this.pool.simulation = () -> failed(99);
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> this.rpc.simulate(""));
	}

	private void heights(long... heights) {
		Iterator<LatestLedger> all = LongStream.of(heights)
			.mapToObj((height) -> new LatestLedger(height, 1_000 + height, 1))
			.iterator();
		this.pool.latest = all::next;
	}

	private void simulations(Simulation... simulations) {
		this.pool.simulation = List.of(simulations).iterator()::next;
	}

	private static Simulation failed(long ledger) {
		return new Simulation(null, 0, "no", ledger, List.of());
	}

}
