package io.github.x402sessions.facilitator.rpc;

import java.util.List;

import io.github.x402sessions.facilitator.chain.OwnNetworkRpc;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The next node takes the place of one that fails.
 */
class FailoverRpcTests {

	private final FakeStellarRpc first = new FakeStellarRpc();

	private final FakeStellarRpc second = new FakeStellarRpc();

	private final FailoverRpc rpc = new FailoverRpc(List.of(this.first, this.second));

	@Test
	void firstIsAskedWhileItAnswers() {
		this.rpc.latestLedger();
		this.rpc.latestLedger();
		assertThat(this.first.heights).isEqualTo(2);
		assertThat(this.second.heights).isZero();
	}

	@Test
	void secondIsAskedFromThenOn() {
		this.first.latest = FailoverRpcTests::down;
		this.second.latest = () -> new LatestLedger(101, 0);
		assertThat(this.rpc.latestLedger().sequence()).isEqualTo(101);
		this.rpc.latestLedger();
		assertThat(this.first.heights).isEqualTo(1);
		this.second.latest = FailoverRpcTests::down;
		this.first.latest = () -> new LatestLedger(102, 0);
		assertThat(this.rpc.latestLedger().sequence()).as("and back").isEqualTo(102);
	}

	@Test
	void eachIsAskedOnceWhereAllFail() {
		this.first.latest = FailoverRpcTests::down;
		this.second.latest = FailoverRpcTests::down;
		assertThatExceptionOfType(RpcException.class).isThrownBy(this.rpc::latestLedger).withMessage("down");
		assertThat(this.first.heights + this.second.heights).isEqualTo(2);
	}

	@Test
	void nodeOfAnotherNetworkIsPassedOver() {
		this.first.passphrase = "another";
		RelayedRpc own = new FailoverRpc(
				List.of(new OwnNetworkRpc(this.first, "test"), new OwnNetworkRpc(this.second, "test")));
		assertThat(own.networkPassphrase()).isEqualTo("test");
		own.latestLedger();
		assertThat(this.first.heights).isZero();
		assertThat(this.second.heights).isEqualTo(1);
	}

	private static LatestLedger down() {
		throw new RpcException("down", null);
	}

}
