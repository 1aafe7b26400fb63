package io.github.x402sessions.core.payment;

import java.util.List;
import java.util.function.Consumer;

import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several {@link SettlementListener}s as one: one that fails hinders neither the others
 * nor the payment.
 */
public final class SettlementListeners {

	private static final Logger logger = LoggerFactory.getLogger(SettlementListeners.class);

	private final List<SettlementListener> listeners;

	/**
	 * Create them.
	 * @param listeners the listeners, in the order in which they hear of everything
	 */
	public SettlementListeners(List<? extends SettlementListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	void settling(Payment payment) {
		tell(this.listeners, (listener) -> listener.beforeSettle(payment));
	}

	void ended(Payment payment, SettlementOutcome outcome) {
		if (outcome instanceof SettlementOutcome.Settled) {
			tell(this.listeners, (listener) -> listener.onSettled(payment, outcome.response()));
		}
		else {
			tell(this.listeners, (listener) -> listener.onSettlementFailed(payment, outcome.response()));
		}
	}

	void paidButFailed(Payment payment, SettleResponse receipt, int status) {
		logger.warn("A handler failed with status {} after its payment was settled by transaction {}", status,
				receipt.transaction());
		tell(this.listeners, (listener) -> listener.onPaidButFailed(payment, receipt, status));
	}

	/**
	 * Tell all how a deferred payment has ended.
	 * @param recipient the address that is paid
	 * @param notice the payment
	 * @throws IllegalStateException if one has failed and has to hear of it again
	 */
	public void deferralEnded(String recipient, SettlementNotice notice) {
		IllegalStateException failure = new IllegalStateException("a payment listener failed");
		for (SettlementListener listener : this.listeners) {
			try {
				listener.onDeferralEnded(recipient, notice);
			}
			catch (RuntimeException ex) {
				failure.addSuppressed(ex);
			}
		}
		if (failure.getSuppressed().length > 0) {
			throw failure;
		}
	}

	/**
	 * Tell listeners of something, in their order.
	 * @param <T> their type
	 * @param listeners the listeners
	 * @param event tells one of them; what it throws is logged
	 */
	public static <T> void tell(List<? extends T> listeners, Consumer<T> event) {
		for (T listener : listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				logger.error("A payment listener failed", ex);
			}
		}
	}

}
