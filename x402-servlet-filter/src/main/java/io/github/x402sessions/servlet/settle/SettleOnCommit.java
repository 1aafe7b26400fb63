package io.github.x402sessions.servlet.settle;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.servlet.challenge.ReceiptHeader;
import io.github.x402sessions.servlet.challenge.ResponseHeaders;
import io.github.x402sessions.servlet.hold.CommitPoint;
import io.github.x402sessions.servlet.hold.HeaderSnapshot;
import io.github.x402sessions.servlet.payment.PaymentListeners;
import io.github.x402sessions.servlet.request.Exchange;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit point of a paid request: settles what is charged, leaves a failure and
 * whatever else costs nothing unpaid unless the money has already moved, and answers in
 * the handler's place when the settlement is not certain.
 */
final class SettleOnCommit implements CommitPoint {

	private static final Logger logger = LoggerFactory.getLogger(SettleOnCommit.class);

	private final SettlementTask charge;

	private final PaymentListeners listeners;

	private final Exchange exchange;

	private final HttpServletResponse raw;

	private final HeaderSnapshot outerHeaders;

	private final SettlementFailureWriter failures;

	private boolean ended;

	SettleOnCommit(SettlementTask charge, PaymentListeners listeners, Exchange exchange,
			SettlementFailureWriter failures) {
		this.charge = charge;
		this.listeners = listeners;
		this.exchange = exchange;
		this.raw = exchange.response();
		this.outerHeaders = new HeaderSnapshot(this.raw);
		this.failures = failures;
	}

	@Override
	public Optional<Consumer<HttpServletResponse>> reached(int status) throws IOException {
		boolean failed = status >= HttpServletResponse.SC_BAD_REQUEST;
		boolean free = !this.exchange.route().charged().include(status);
		if (free && !this.charge.isStarted()) {
			this.charge.payment().close();
			Consumer<HttpServletResponse> addition = failed ? (response) -> {
			} : ResponseHeaders::keepPrivate;
			return Optional.of(addition);
		}
		requireOpen();
		if (this.charge.isWaived()) {
			this.charge.payment().close();
			return Optional.of(ResponseHeaders::keepPrivate);
		}
		if (this.charge.isForAnotherBody()) {
			return replace(SettlementOutcome.AlreadySpent.on(this.charge.payment().network()));
		}
		SettlementOutcome outcome = this.charge.settle();
		if (free && failed) {
			reportFailure(outcome, status);
		}
		if (free || outcome instanceof SettlementOutcome.Settled) {
			return Optional.of((response) -> addReceipt(response, outcome.response()));
		}
		return replace(outcome);
	}

	private Optional<Consumer<HttpServletResponse>> replace(SettlementOutcome outcome) throws IOException {
		this.outerHeaders.restore(this.raw);
		this.charge.end();
		this.failures.write(this.exchange, outcome, this.charge.isPaidOnce());
		return Optional.empty();
	}

	/**
	 * Nobody pays for what no longer arrives, because others have ended the response
	 * below.
	 */
	private void requireOpen() {
		if (this.raw.isCommitted()) {
			logger.error(
					"The answer of route '{}' cannot be delivered: the response was committed past the payment "
							+ "filter. {}",
					this.exchange.route().name(),
					this.charge.isStarted() ? "Its payment was settled before" : "It was not charged");
			throw new IllegalStateException("the response was committed past the payment filter");
		}
	}

	/** Take back what the raw response was given of the handler's answer. */
	@Override
	public void withdraw() {
		if (!this.raw.isCommitted()) {
			this.outerHeaders.restore(this.raw);
		}
	}

	/** If the money has moved, the container's answer has the receipt. */
	@Override
	public void abandoned() {
		if (!this.charge.isStarted() || this.ended) {
			return;
		}
		try {
			fail(this.charge.settle());
		}
		catch (IllegalStateException ex) {
			logger.error("What became of the payment for route '{}' is not known", this.exchange.route().name(), ex);
		}
	}

	@Override
	public void brokenOff() {
		abandoned();
	}

	@Override
	public void undelivered(Exception failure) {
		if (!this.charge.isStarted()) {
			withdraw();
			return;
		}
		SettlementOutcome outcome = this.charge.settle();
		if (this.raw.isCommitted() && failure instanceof IOException) {
			logger.debug("The client of a paid request has gone", failure);
			return;
		}
		logger.error("Route '{}' was paid in transaction {} and its answer could not be delivered",
				this.exchange.route().name(), outcome.response().transaction(), failure);
		fail(outcome);
	}

	private void fail(SettlementOutcome outcome) {
		this.ended = true;
		reportFailure(outcome, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
		if (!this.raw.isCommitted()) {
			withdraw();
			this.raw.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
			addReceipt(this.raw, outcome.response());
		}
	}

	private void reportFailure(SettlementOutcome outcome, int status) {
		if (outcome instanceof SettlementOutcome.Settled) {
			this.listeners.paidButFailed(this.charge.payment(), outcome.response(), status);
		}
	}

	private static void addReceipt(HttpServletResponse response, SettleResponse receipt) {
		ReceiptHeader.set(response, receipt);
		ResponseHeaders.expose(response);
		ResponseHeaders.keepPrivate(response);
	}

}
