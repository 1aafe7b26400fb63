package io.github.x402sessions.samples.agent.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.client.DeferredPayment;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.samples.agent.report.CallResult;
import io.github.x402sessions.samples.agent.report.DeferredCalls;
import io.github.x402sessions.samples.agent.report.MeteredCall;
import io.github.x402sessions.samples.agent.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * The calls that the facilitator settles later on, and what it says of them.
 *
 * @param session has paid them
 * @param results of all calls, the others too
 * @param report is told where the facilitator says nothing
 */
record CommittedCalls(Session session, List<CallResult> results, Report report) {

	/** A server says what a metered answer came to as soon as it has ended. */
	private static final int PATIENCE = 20;

	private static final Duration PAUSE = Duration.ofMillis(100);

	/**
	 * Ask what became of them until now; nobody waits for their ledgers.
	 * @return {@code null} if there are none
	 */
	@Nullable DeferredCalls outcome() {
		List<DeferredPayment> told = new ArrayList<>();
		List<MeteredCall> metered = new ArrayList<>();
		try {
			for (int i = 0; i < this.results.size(); i++) {
				CallResult call = this.results.get(i);
				Optional<DeferredPayment> payment = payment(call);
				payment.ifPresent(told::add);
				if (call.held() && payment.isPresent()) {
					metered.add(metered(i + 1, payment.get(), call.commitment()));
				}
			}
		}
		catch (X402Exception ex) {
			this.report.progress("the facilitator does not say what became of its commitments: " + ex.getMessage());
		}
		int calls = (int) this.results.stream().filter((call) -> call.commitment() != null).count();
		return (calls > 0) ? DeferredCalls.of(calls, told, metered) : null;
	}

	private Optional<DeferredPayment> payment(CallResult call) {
		String commitment = call.commitment();
		if (commitment == null) {
			return Optional.empty();
		}
		Optional<DeferredPayment> payment = this.session.settlement(commitment);
		for (int i = 0; i < PATIENCE && payment.filter(DeferredPayment::isHeld).isPresent() && pause(); i++) {
			payment = this.session.settlement(commitment);
		}
		return payment;
	}

	private static boolean pause() {
		try {
			Thread.sleep(PAUSE.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private MeteredCall metered(int number, DeferredPayment payment, @Nullable String commitment) {
		return new MeteredCall(number, String.valueOf(commitment), this.session.asset().toDecimal(payment.amount()),
				payment.isHeld());
	}

}
