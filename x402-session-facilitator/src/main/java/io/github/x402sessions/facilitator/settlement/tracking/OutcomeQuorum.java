package io.github.x402sessions.facilitator.settlement.tracking;

import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes an end that frees what was reserved, where there are several nodes, only if
 * two of them prove it and none another: one node that is wrong must not make a payment
 * that has moved count as one that has not. Hears of one transaction, by one thread.
 */
public final class OutcomeQuorum {

	private static final Logger logger = LoggerFactory.getLogger(OutcomeQuorum.class);

	private static final LogThrottle CONTRADICTIONS = new LogThrottle(Duration.ofHours(1));

	private static final LogThrottle SILENCES = new LogThrottle(Duration.ofMinutes(1));

	private final List<StellarRpc> nodes;

	private final LedgerState chain;

	private final SubmittedTransaction submitted;

	/**
	 * Create them.
	 * @param nodes all nodes
	 * @param chain reads accounts
	 * @param submitted the transaction
	 */
	public OutcomeQuorum(List<StellarRpc> nodes, LedgerState chain, SubmittedTransaction submitted) {
		this.nodes = nodes;
		this.chain = chain;
		this.submitted = submitted;
	}

	/** Tell whether an end may be believed that one node has told. */
	boolean confirm(Outcome outcome) {
		return isHarmless(outcome) || this.nodes.size() == 1 || agree(outcome);
	}

	/** Ask every node, and tell whether enough of them tell an end and none another. */
	public boolean agree(Outcome outcome) {
		int agreeing = 0;
		for (StellarRpc node : this.nodes) {
			Outcome told = ask(node);
			if (told != null && !told.isSameEnd(outcome)) {
				contradict(outcome.status(), told.status());
				return false;
			}
			agreeing += (told != null) ? 1 : 0;
		}
		return agreeing >= (isHarmless(outcome) ? 1 : Math.min(2, this.nodes.size()));
	}

	private static boolean isHarmless(Outcome outcome) {
		return outcome.status() == Outcome.Status.CONFIRMED;
	}

	/** The same question is asked again and again; who reads the log needs it seldom. */
	private void contradict(Outcome.Status one, Outcome.Status other) {
		CONTRADICTIONS.log(this.submitted.hash(),
				(skipped) -> logger.error(
						"The nodes do not agree on the end of transaction {}: {} and {}; its amount stays reserved",
						this.submitted.hash(), one, other));
	}

	private @Nullable Outcome ask(StellarRpc node) {
		try {
			TrackingResult.Decided trackingResult = new OutcomeProof(node, this.chain.at(node), this.submitted)
				.find(true);
			return (trackingResult != null) ? trackingResult.outcome() : null;
		}
		catch (RpcException ex) {
			SILENCES.log(this.submitted.hash(),
					(skipped) -> logger.warn(
							"A node does not tell the end of transaction {} ({} more times before): {}",
							this.submitted.hash(), skipped, ex.getMessage()));
			return null;
		}
	}

}
