package io.github.x402sessions.stellar.rpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The next node takes the place of one that fails.
 */
class FailoverRpcTests {

	private static final Duration STANDSTILL = Duration.ofSeconds(30);

	private final FakeStellarRpc first = new FakeStellarRpc();

	private final FakeStellarRpc second = new FakeStellarRpc();

	private final AtomicLong nanos = new AtomicLong();

	private final FailoverRpc rpc = new FailoverRpc(List.of(this.first, this.second), STANDSTILL, this.nanos::get);

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
		this.second.latest = () -> new LatestLedger(101, 0, 1);
		assertThat(this.rpc.latestLedger().sequence()).isEqualTo(101);
		this.rpc.latestLedger();
		assertThat(this.first.heights).isEqualTo(1);
		this.second.latest = FailoverRpcTests::down;
		this.first.latest = () -> new LatestLedger(102, 0, 1);
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
		DelegatingRpc own = new FailoverRpc(
				List.of(new OwnNetworkRpc(this.first, "test"), new OwnNetworkRpc(this.second, "test")), STANDSTILL);
		assertThat(own.networkPassphrase()).isEqualTo("test");
		own.latestLedger();
		assertThat(this.first.heights).isZero();
		assertThat(this.second.heights).isEqualTo(1);
	}

	@Test
	void answerAboutTheCallIsNoReasonToAskAnother() {
		this.first.latest = () -> {
			throw RpcException.ofTheCall("what is asked makes no sense");
		};
		assertThatExceptionOfType(RpcException.class).isThrownBy(this.rpc::latestLedger).withMessageContaining("sense");
		assertThat(this.second.heights).isZero();
		this.first.latest = () -> new LatestLedger(100, 0, 1);
		this.rpc.latestLedger();
		assertThat(this.first.heights).isEqualTo(2);
	}

	@Test
	void callerWithoutTimeSaysNothingAgainstTheNode() {
		this.first.latest = () -> CallDeadline.within(Duration.ZERO, () -> {
			CallDeadline.bound(STANDSTILL);
			return new LatestLedger(100, 0, 1);
		});
		assertThatExceptionOfType(RpcException.class).isThrownBy(this.rpc::latestLedger);
		assertThat(this.second.heights).isZero();
	}

	@Test
	void callerWithTooLittleTimeSaysNothingAgainstTheNode() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			URI node = URI.create("http://localhost:" + silent.getLocalPort());
			FailoverRpc patient = new FailoverRpc(
					List.of(new HttpStellarRpc(node, Duration.ofSeconds(10)), this.second), STANDSTILL);
			assertThatExceptionOfType(RpcException.class)
				.isThrownBy(() -> CallDeadline.within(Duration.ofMillis(100), patient::latestLedger))
				.withMessageContaining("in time");
			assertThat(this.second.heights).isZero();
			FailoverRpc hasty = new FailoverRpc(List.of(new HttpStellarRpc(node, Duration.ofMillis(100)), this.second),
					STANDSTILL);
			assertThat(CallDeadline.within(STANDSTILL, hasty::latestLedger).sequence()).isEqualTo(100);
		}
	}

	@Test
	void nodeWhoseLedgerStandsStillIsLeftForOneThatIsAhead() {
		this.rpc.latestLedger();
		this.second.latest = () -> new LatestLedger(106, 0, 1);
		this.nanos.addAndGet(STANDSTILL.toNanos());
		assertThat(this.rpc.latestLedger().sequence()).as("not for too long yet").isEqualTo(100);
		assertThat(this.second.heights).isZero();
		this.nanos.addAndGet(1);
		this.rpc.latestLedger();
		assertThat(this.rpc.latestLedger().sequence()).isEqualTo(106);
		assertThat(this.first.heights).isEqualTo(3);
	}

	@Test
	void lookForATransactionNoticesTheStandstillToo() {
		this.second.latest = () -> new LatestLedger(106, 0, 1);
		this.first.lookups.add(() -> FakeStellarRpc.notFound(100, 1_000, 1));
		this.first.lookups.add(() -> FakeStellarRpc.notFound(100, 1_000, 1));
		this.rpc.transaction("00");
		this.nanos.addAndGet(STANDSTILL.toNanos() + 1);
		this.rpc.transaction("00");
		assertThat(this.rpc.latestLedger().sequence()).isEqualTo(106);
	}

	@Test
	void networkThatStandsStillIsNoReasonToLeaveItsNode() {
		this.rpc.latestLedger();
		this.nanos.addAndGet(STANDSTILL.toNanos() + 1);
		this.rpc.latestLedger();
		assertThat(this.second.heights).as("asked once, not by everybody").isEqualTo(1);
		this.rpc.latestLedger();
		assertThat(this.second.heights).isEqualTo(1);
		assertThat(this.first.heights).isEqualTo(3);
	}

	@Test
	void nodeThatIsLeftForOneThatFailsIsKept() {
		this.rpc.latestLedger();
		this.second.latest = FailoverRpcTests::down;
		this.nanos.addAndGet(STANDSTILL.toNanos() + 1);
		assertThat(this.rpc.latestLedger().sequence()).isEqualTo(100);
		assertThat(this.rpc.latestLedger().sequence()).isEqualTo(100);
	}

	@Test
	void networkThatWasResetGoesOnFromItsNewLedger() {
		this.rpc.latestLedger();
		this.nanos.addAndGet(STANDSTILL.toNanos() + 1);
		this.first.latest = () -> new LatestLedger(5, 0, 1);
		this.second.latest = () -> new LatestLedger(5, 0, 1);
		this.rpc.latestLedger();
		this.nanos.addAndGet(STANDSTILL.toNanos());
		this.first.latest = () -> new LatestLedger(11, 0, 1);
		this.rpc.latestLedger();
		this.nanos.addAndGet(2);
		this.rpc.latestLedger();
		assertThat(this.second.heights).isEqualTo(1);
	}

	private static LatestLedger down() {
		throw new RpcException("down", null);
	}

}
