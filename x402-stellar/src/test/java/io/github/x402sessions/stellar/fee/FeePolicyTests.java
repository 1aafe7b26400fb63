package io.github.x402sessions.stellar.fee;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is bid for a place in a ledger follows the crowd, up to the operator's ceiling.
 */
class FeePolicyTests {

	private final FakeStellarRpc rpc = new FakeStellarRpc();

	private final AtomicLong nanos = new AtomicLong();

	private final FeePolicy fees = new FeePolicy(this.rpc, 1_000_000, this.nanos::get);

	@Test
	void quietNetworkGetsTheLeastBid() {
		assertThat(this.fees.bid()).isEqualTo(10_000);
	}

	@Test
	void bidFollowsTheCrowdOnceInAWhileAndNotBeyondTheCeiling() {
		this.rpc.inclusionFee = () -> 70_000L;
		assertThat(this.fees.bid()).isEqualTo(70_000);
		this.rpc.inclusionFee = () -> 5_000_000L;
		assertThat(this.fees.bid()).as("not asked again yet").isEqualTo(70_000);
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
		assertThat(this.fees.bid()).isEqualTo(1_000_000);
	}

	@Test
	void nodeThatDoesNotSayLeavesTheBidAtWhatItWas() {
		this.rpc.inclusionFee = () -> 70_000L;
		this.fees.bid();
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
		this.rpc.inclusionFee = () -> {
			throw new RpcException("away", null);
		};
		assertThat(this.fees.bid()).isEqualTo(70_000);
	}

	@Test
	void refusedBidIsRaisedTenfoldForAWhile() {
		this.fees.refused();
		assertThat(this.fees.bid()).isEqualTo(100_000);
		this.fees.refused();
		this.fees.refused();
		assertThat(this.fees.bid()).as("the ceiling").isEqualTo(1_000_000);
		this.nanos.addAndGet(TimeUnit.MINUTES.toNanos(3));
		assertThat(this.fees.bid()).isEqualTo(10_000);
	}

}
