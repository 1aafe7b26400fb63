package io.github.x402sessions.client.approval;

import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.client.FakeRpc;
import io.github.x402sessions.client.http.JsonHttp;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.ApproveVector;
import io.github.x402sessions.stellar.approval.SignedApproval;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ApprovalSubmission}: a failure is reported only if the approval can no
 * longer land.
 */
class ApprovalSubmissionTests {

	private static final Map<String, ?> PENDING = Map.of("status", "PENDING");

	private static final Map<String, ?> SUCCESS = Map.of("status", "SUCCESS", "ledger", 1002, "latestLedgerCloseTime",
			"1799999950");

	private static final Map<String, ?> NOT_YET = Map.of("status", "NOT_FOUND", "ledger", 0, "latestLedgerCloseTime",
			"1800000000");

	private static final Map<String, ?> TOO_LATE = Map.of("status", "NOT_FOUND", "ledger", 0, "latestLedgerCloseTime",
			"1800000001");

	private final ApproveVector vector = ApproveVector.read();

	private final SignedApproval approval = new SignedApproval(this.vector.hash(), this.vector.envelope(), 1800000000);

	private final FakeRpc rpc = new FakeRpc();

	@AfterEach
	void stop() {
		this.rpc.close();
	}

	@Test
	void transactionInALedgerIsApproved() {
		this.rpc.on("sendTransaction", PENDING).on("getTransaction", NOT_YET, NOT_YET, SUCCESS);
		assertThat(submit()).isEqualTo(new ApprovalOutcome.Approved(1002));
		assertThat(this.rpc.calls("sendTransaction")).isEqualTo(1);
	}

	@Test
	void transactionThatFailedInALedgerIsRefused() {
		this.rpc.on("sendTransaction", PENDING)
			.on("getTransaction", Map.of("status", "FAILED", "ledger", 1002, "resultXdr", "AAAA"));
		assertRefused("it failed in ledger 1002: a reason unknown here");
	}

	@Test
	void firstErrorOfTheNetworkIsFinal() {
		this.rpc.on("sendTransaction", Map.of("status", "ERROR"));
		assertRefused("the network refused it: no reason given");
		assertThat(this.rpc.calls("getTransaction")).isZero();
	}

	@Test
	void numberThatALedgerHasUsedIsRefusedUnlessByThisTransaction() {
		badSequence(this.vector.usedAccountEntry()).on("getTransaction", NOT_YET);
		assertRefused("the network refused it: txBAD_SEQ");
		this.rpc.on("getTransaction", SUCCESS);
		assertThat(submit()).isInstanceOf(ApprovalOutcome.Approved.class);
	}

	@Test
	void numberThatALaggingNodeRefusesIsOfferedAgain() {
		badSequence(this.vector.accountEntry()).on("getTransaction", NOT_YET, SUCCESS);
		assertThat(submit()).isInstanceOf(ApprovalOutcome.Approved.class);
		assertThat(this.rpc.calls("sendTransaction")).isEqualTo(2);
	}

	private FakeRpc badSequence(String account) {
		return this.rpc
			.on("sendTransaction", Map.of("status", "ERROR", "errorResultXdr", this.vector.badSequence()), PENDING)
			.on("getLedgerEntries", FakeRpc.account(this.vector, account));
	}

	@Test
	void busyNetworkIsAskedAgainWithTheSameTransaction() {
		this.rpc.on("sendTransaction", Map.of("status", "TRY_AGAIN_LATER"), PENDING)
			.on("getTransaction", NOT_YET, NOT_YET, SUCCESS);
		assertThat(submit()).isInstanceOf(ApprovalOutcome.Approved.class);
		assertThat(this.rpc.calls("sendTransaction")).isEqualTo(2);
	}

	@Test
	void errorAfterALostAnswerIsNoProof() {
		this.rpc.breakOnce("sendTransaction", Map.of("status", "ERROR", "errorResultXdr", this.vector.badSequence()))
			.on("getTransaction", NOT_YET, NOT_YET, SUCCESS);
		assertThat(submit()).isInstanceOf(ApprovalOutcome.Approved.class);
	}

	@Test
	void transactionThatNoLedgerTookInTimeIsRefused() {
		this.rpc.on("sendTransaction", PENDING).on("getTransaction", NOT_YET, TOO_LATE);
		assertRefused("no ledger took it before it expired");
	}

	@Test
	void expiredTransactionIsLookedForOnceMore() {
		this.rpc.on("sendTransaction", PENDING).on("getTransaction", TOO_LATE, SUCCESS);
		assertThat(submit()).isInstanceOf(ApprovalOutcome.Approved.class);
	}

	@Test
	void nodeThatIsBehindProvesNothing() {
		this.rpc.on("sendTransaction", PENDING).on("getTransaction", TOO_LATE, NOT_YET, SUCCESS);
		assertThat(submit()).isInstanceOf(ApprovalOutcome.Approved.class);
	}

	@Test
	void serverThatForgotTheLedgersInQuestionProvesNothing() {
		this.rpc.on("sendTransaction", PENDING)
			.on("getTransaction", Map.of("status", "NOT_FOUND", "latestLedgerCloseTime", "1800600000",
					"oldestLedgerCloseTime", "1799999941"));
		assertThat(submit(Duration.ZERO)).isInstanceOf(ApprovalOutcome.Unknown.class);
		this.rpc.on("getTransaction", Map.of("status", "NOT_FOUND", "latestLedgerCloseTime", "1800600000",
				"oldestLedgerCloseTime", "1799999940"));
		assertRefused("no ledger took it before it expired");
	}

	@Test
	void answerWithoutAStatusProvesNothing() {
		this.rpc.on("sendTransaction", PENDING)
			.on("getTransaction", Map.of("latestLedgerCloseTime", "1800000001"), SUCCESS);
		assertThat(submit()).isInstanceOf(ApprovalOutcome.Approved.class);
	}

	@Test
	void watchingSendsNothing() {
		this.rpc.on("getTransaction", NOT_YET, SUCCESS);
		assertThat(chain(Duration.ofSeconds(20)).watch(this.approval)).isEqualTo(new ApprovalOutcome.Approved(1002));
		assertThat(this.rpc.calls("sendTransaction")).isZero();
	}

	@Test
	void silenceIsUnknown() {
		this.rpc.on("sendTransaction", PENDING).refuse("getTransaction", "database is busy");
		assertThat(submit(Duration.ZERO)).isInstanceOfSatisfying(ApprovalOutcome.Unknown.class,
				(unknown) -> assertThat(unknown.reason()).contains("database is busy"));
	}

	@Test
	void interruptionIsUnknownToo() {
		this.rpc.on("sendTransaction", PENDING).on("getTransaction", NOT_YET);
		Thread.currentThread().interrupt();
		assertThat(submit()).isInstanceOf(ApprovalOutcome.Unknown.class);
		assertThat(Thread.interrupted()).isTrue();
	}

	private void assertRefused(String reason) {
		assertThat(submit()).isEqualTo(new ApprovalOutcome.Refused(reason));
	}

	private ApprovalOutcome submit() {
		return submit(Duration.ofSeconds(20));
	}

	private ApprovalOutcome submit(Duration giveUpAfter) {
		return chain(giveUpAfter).submit(this.approval);
	}

	private ApprovalChain chain(Duration giveUpAfter) {
		ApprovalTimeouts timeouts = new ApprovalTimeouts(Duration.ofSeconds(60), giveUpAfter, Duration.ofMillis(1));
		return new ApprovalChain(this.rpc.uri(), Network.STELLAR_TESTNET,
				new JsonHttp(Duration.ofSeconds(2), Duration.ofSeconds(5)), timeouts);
	}

}
