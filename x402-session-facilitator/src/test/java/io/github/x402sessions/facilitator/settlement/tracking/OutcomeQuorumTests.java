package io.github.x402sessions.facilitator.settlement.tracking;

import java.util.List;

import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static io.github.x402sessions.stellar.rpc.FakeStellarRpc.applied;
import static io.github.x402sessions.stellar.rpc.FakeStellarRpc.notFound;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where there are several nodes, one alone cannot free what was reserved.
 */
class OutcomeQuorumTests {

	private static final long MAX_TIME = 1_050;

	private static final TransactionLookup GONE = notFound(200, MAX_TIME + 1, 1);

	private final FakeStellarRpc first = new FakeStellarRpc();

	private final FakeStellarRpc second = new FakeStellarRpc();

	private final SubmittedTransaction submitted = new SubmittedTransaction(
			new SignedTransaction("hash", "envelope", KeyPair.random().getAccountId(), 8, MAX_TIME), 100, null);

	@Test
	void nodeThatIsAloneIsBelieved() {
		assertThat(new OutcomeQuorum(List.of(this.first), new LedgerState(this.first, "test"), this.submitted)
			.confirm(Outcome.dead(""))).isTrue();
	}

	@Test
	void whatFreesNothingNeedsNoWitness() {
		assertThat(confirm(Outcome.confirmed(101))).isTrue();
	}

	@Test
	void twoThatProveTheSameAreBelieved() {
		tell(this.first, GONE, GONE);
		tell(this.second, GONE, GONE);
		assertThat(confirm(Outcome.dead(""))).isTrue();
		tell(this.first, applied(Status.FAILED, 101));
		tell(this.second, applied(Status.FAILED, 101));
		assertThat(confirm(Outcome.failed(101))).isTrue();
	}

	@Test
	void oneThatContradictsIsEnough() {
		tell(this.first, applied(Status.FAILED, 101));
		tell(this.second, applied(Status.SUCCESS, 101));
		assertThat(confirm(Outcome.failed(101))).isFalse();
		tell(this.first, GONE, GONE);
		tell(this.second, applied(Status.FAILED, 101));
		assertThat(confirm(Outcome.dead(""))).isFalse();
	}

	@Test
	void nodeThatLagsOrIsDownIsNoWitness() {
		tell(this.first, GONE, GONE);
		tell(this.second, notFound(199, MAX_TIME, 1));
		assertThat(confirm(Outcome.dead(""))).isFalse();
		tell(this.first, GONE, GONE);
		this.second.lookups.add(() -> {
			throw new RpcException("down", null);
		});
		assertThat(confirm(Outcome.dead(""))).isFalse();
	}

	private boolean confirm(Outcome outcome) {
		return new OutcomeQuorum(List.of(this.first, this.second), new LedgerState(this.first, "test"), this.submitted)
			.confirm(outcome);
	}

	private static void tell(FakeStellarRpc node, TransactionLookup... lookups) {
		for (TransactionLookup lookup : lookups) {
			node.lookups.add(() -> lookup);
		}
	}

}
