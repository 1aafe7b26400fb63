package io.github.x402sessions.servlet.settle;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.x402sessions.core.gate.HoldOutcome;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.servlet.challenge.HeaderSnapshot;
import io.github.x402sessions.servlet.challenge.ReceiptHeader;
import io.github.x402sessions.servlet.challenge.ResponseHeaders;
import io.github.x402sessions.servlet.hold.CommitPoint;
import io.github.x402sessions.servlet.hold.DeliveryWatch;
import io.github.x402sessions.servlet.payment.ChargeRefusedException;
import io.github.x402sessions.servlet.request.Exchange;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit point of a paid request: settles what is charged, leaves a failure and
 * whatever else costs nothing unpaid unless the money has already moved, and answers in
 * the handler's place when the settlement is not certain. An answer that is charged step
 * by step is held for when a part of it would leave, and kept where nothing holds.
 */
final class SettleOnCommit implements CommitPoint {

	private static final Logger logger = LoggerFactory.getLogger(SettleOnCommit.class);

	/** A chain of causes may be a circle. */
	private static final int MAX_CAUSES = 16;

	private final Charge charge;

	private final MeteredStreams streams;

	private final Exchange exchange;

	private final HttpServletResponse raw;

	private final HeaderSnapshot outerHeaders;

	private final SettlementFailureWriter failures;

	private boolean ended;

	/**
	 * Asked for once, when a part of an answer that is charged step by step would leave.
	 */
	private @Nullable HoldOutcome hold;

	private volatile @Nullable MeteredStream stream;

	private boolean tooLong;

	SettleOnCommit(Charge charge, MeteredStreams streams, Exchange exchange, SettlementFailureWriter failures) {
		this.charge = charge;
		this.streams = streams;
		this.exchange = exchange;
		this.raw = exchange.response();
		this.outerHeaders = new HeaderSnapshot(this.raw);
		this.failures = failures;
	}

	@Override
	public boolean waits(int status, boolean full) {
		if (!isMetered(status)) {
			return false;
		}
		HoldOutcome hold = (this.hold != null) ? this.hold : hold();
		boolean kept = hold instanceof HoldOutcome.NotHeld;
		this.tooLong = kept && full;
		return kept && !full;
	}

	/** Whether it would cost, and what it costs may still change. */
	private boolean isMetered(int status) {
		return this.charge.payment().isMetered() && !isFree(status) && !this.charge.isStarted()
				&& !this.raw.isCommitted() && !this.charge.isForAnotherBody();
	}

	private HoldOutcome hold() {
		HoldOutcome hold = this.charge.hold();
		this.hold = hold;
		if (hold instanceof HoldOutcome.Held held) {
			this.stream = this.streams.begin(this.charge, held, this.raw.getBufferSize());
		}
		return hold;
	}

	private boolean isFree(int status) {
		return !this.exchange.route().charged().include(status);
	}

	@Override
	public Optional<Consumer<HttpServletResponse>> reached(int status) throws IOException {
		boolean failed = status >= HttpServletResponse.SC_BAD_REQUEST;
		boolean free = isFree(status);
		if (free && !this.charge.isStarted()) {
			this.charge.payment().close();
			Consumer<HttpServletResponse> addition = failed ? (response) -> {
			} : ResponseHeaders::keepPrivate;
			return Optional.of(addition);
		}
		requireOpen();
		MeteredStream stream = this.stream;
		if (stream != null) {
			return Optional.of((response) -> addReceipt(response, stream.held().receipt()));
		}
		if (this.hold instanceof HoldOutcome.Failed refused) {
			return replace(refused.outcome());
		}
		if (this.tooLong) {
			return refuse();
		}
		if (this.charge.isWaived()) {
			this.charge.payment().close();
			return Optional.of(ResponseHeaders::keepPrivate);
		}
		if (this.charge.isForAnotherBody()) {
			return replace(SettlementOutcome.AlreadySpent.on(this.charge.payment().network()));
		}
		SettlementOutcome outcome = this.charge.settle();
		if (free && failed) {
			this.charge.reportFailure(outcome, status);
		}
		if (free || outcome instanceof SettlementOutcome.Settled) {
			return Optional.of((response) -> addReceipt(response, outcome.response()));
		}
		return replace(outcome);
	}

	/** Nothing of it has left, and nothing is charged. */
	private Optional<Consumer<HttpServletResponse>> refuse() throws IOException {
		logger.warn("The answer of route '{}' is longer than the hold budget, and nothing is held for it: it was "
				+ "refused, and not charged", this.exchange.route().name());
		this.charge.payment().close();
		this.outerHeaders.restore(this.raw);
		this.charge.end();
		this.failures.writeNotHeld(this.exchange);
		return Optional.empty();
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
	@SuppressWarnings("FutureReturnValueIgnored") // told once the stream has ended
	public void brokenOff() {
		MeteredStream stream = this.stream;
		if (stream == null) {
			abandoned();
			return;
		}
		stream.end().thenAccept((outcome) -> {
			if (outcome != null) {
				this.charge.reportFailure(outcome, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
			}
		});
	}

	/**
	 * A step that there was no money for is the end of a stream, and no failure. Of what
	 * has not begun to leave others may have taken something back since.
	 */
	@Override
	public boolean isEnd(Throwable failure) {
		return this.stream != null && Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.limit(MAX_CAUSES)
			.anyMatch(ChargeRefusedException.class::isInstance);
	}

	@Override
	public DeliveryWatch delivery() {
		MeteredStream stream = this.stream;
		return (stream != null) ? stream : DeliveryWatch.NONE;
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
		this.charge.reportFailure(outcome, HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
		if (!this.raw.isCommitted()) {
			withdraw();
			this.raw.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
			addReceipt(this.raw, outcome.response());
		}
	}

	private static void addReceipt(HttpServletResponse response, SettleResponse receipt) {
		ReceiptHeader.set(response, receipt);
		ResponseHeaders.expose(response);
		ResponseHeaders.keepPrivate(response);
	}

}
