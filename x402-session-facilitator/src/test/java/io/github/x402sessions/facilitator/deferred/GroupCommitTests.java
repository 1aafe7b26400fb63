package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who queues is answered once what is written is kept, whatever happens to the others.
 */
class GroupCommitTests {

	private static final FundingBalance BALANCE = new FundingBalance(BigInteger.TEN, BigInteger.ONE, BigInteger.ONE);

	private final List<List<String>> groups = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch gate = new CountDownLatch(1);

	private final GroupCommit group = new GroupCommit(this::write);

	private int number;

	@BeforeEach
	void start() {
		this.group.start();
	}

	@AfterEach
	void close() {
		this.gate.countDown();
		this.group.close();
	}

	@Test
	void whatWaitsMeanwhileIsWrittenTogether() {
		CompletableFuture<CommitmentResult> first = submit("slow");
		Eventually.isTrue(() -> this.groups.size() == 1);
		CompletableFuture<CommitmentResult> second = submit("good");
		CompletableFuture<CommitmentResult> third = submit("declined");
		assertThat(first).as("nobody is answered before").isNotDone();
		this.gate.countDown();
		assertThat(Eventually.resultOf(first)).isEqualTo(CommitmentResult.committed(BALANCE));
		assertThat(Eventually.resultOf(second)).isEqualTo(CommitmentResult.committed(BALANCE));
		assertThat(Eventually.resultOf(third)).isEqualTo(CommitmentResult.AT_ONCE);
		assertThat(this.groups).hasSize(2).last().satisfies((ids) -> assertThat(ids).hasSize(2));
	}

	@Test
	void oneThatTheDatabaseRefusesFailsAlone() {
		submit("slow");
		Eventually.isTrue(() -> this.groups.size() == 1);
		CompletableFuture<CommitmentResult> good = submit("good");
		CompletableFuture<CommitmentResult> bad = submit("bad");
		this.gate.countDown();
		assertThat(Eventually.resultOf(good)).isEqualTo(CommitmentResult.committed(BALANCE));
		assertThatExceptionOfType(Exception.class).isThrownBy(bad::get)
			.withCauseInstanceOf(DataIntegrityViolationException.class);
	}

	@Test
	void whereTheDatabaseIsAwayNobodyIsToldAndTheNextOneIsWritten() {
		CompletableFuture<CommitmentResult> away = submit("away");
		assertThatExceptionOfType(Exception.class).isThrownBy(away::get)
			.withCauseInstanceOf(DataAccessResourceFailureException.class);
		assertThat(Eventually.resultOf(submit("good"))).isEqualTo(CommitmentResult.committed(BALANCE));
	}

	@Test
	void whoGoesBeforeItsTurnIsNeverWritten() {
		submit("slow");
		Eventually.isTrue(() -> this.groups.size() == 1);
		GroupCommit.Waiting waiting = this.group.submit(order("good"));
		assertThat(waiting).isNotNull();
		assertThat(waiting.withdraw()).isTrue();
		assertThat(waiting.withdraw()).isFalse();
		this.gate.countDown();
		Eventually.resultOf(submit("good"));
		assertThat(this.groups).allSatisfy((ids) -> assertThat(ids).doesNotContain(waiting.order().commitment().id()));
	}

	@Test
	void nobodyIsLetInWhereTooManyWait() {
		submit("slow");
		Eventually.isTrue(() -> this.groups.size() == 1);
		int waiting = 0;
		while (this.group.submit(order("good")) != null) {
			waiting++;
		}
		assertThat(waiting).isEqualTo(2_000);
	}

	@Test
	void whoWaitsAtTheEndIsAnsweredAndNobodyComesAfter() {
		CompletableFuture<CommitmentResult> slow = submit("slow");
		CompletableFuture<CommitmentResult> good = submit("good");
		this.gate.countDown();
		this.group.close();
		assertThat(slow).isCompletedWithValue(CommitmentResult.committed(BALANCE));
		assertThat(good).isCompletedWithValue(CommitmentResult.committed(BALANCE));
		assertThat(this.group.submit(order("good"))).isNull();
	}

	private Map<String, CommitmentResult> write(List<CommitmentOrder> orders) {
		this.groups.add(orders.stream().map((order) -> order.commitment().id()).toList());
		Map<String, CommitmentResult> committed = new HashMap<>();
		for (CommitmentOrder order : orders) {
			switch (order.commitment().account()) {
				case "slow" -> Eventually.resultOf(CompletableFuture.runAsync(this::await));
				case "bad" -> throw new DataIntegrityViolationException("bad");
				case "away" -> throw new DataAccessResourceFailureException("away");
				default -> {
				}
			}
			if (!order.commitment().account().equals("declined")) {
				committed.put(order.commitment().id(), CommitmentResult.committed(BALANCE));
			}
		}
		return committed;
	}

	private void await() {
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private CompletableFuture<CommitmentResult> submit(String kind) {
		return this.group.submit(order(kind)).result();
	}

	private CommitmentOrder order(String kind) {
		return new CommitmentOrder(
				new Commitment("c" + this.number++, kind, new Transfer("C", "p", "r", BigInteger.ONE), 9), null, null,
				null, null, null);
	}

}
