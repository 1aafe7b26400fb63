package io.github.x402sessions.core.settle;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.x402sessions.core.challenge.OwnAnswer;
import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.challenge.ReceiptHeader;
import io.github.x402sessions.core.challenge.ResponseHeaders;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.payment.Charge;
import io.github.x402sessions.core.payment.ChargeRefusedException;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit point of a paid request: settles what is charged, leaves a failure and
 * whatever else costs nothing unpaid unless the money has already moved, and answers in
 * the handler's place when the settlement is not certain. An answer that is charged step
 * by step is held for when a part of it would leave, and kept where nothing holds.
 */
public final class SettleOnCommit implements PaidHandling {

	private static final Logger logger = LoggerFactory.getLogger(SettleOnCommit.class);

	/** A chain of causes may be a circle. */
	private static final int MAX_CAUSES = 16;

	private static final int BAD_REQUEST = 400;

	private static final int INTERNAL_SERVER_ERROR = 500;

	private final Charge charge;

	private final MeteredStreams streams;

	private final PricedRoute route;

	private final RawAnswer raw;

	private final FailedSettlement failures;

	/** Changed under the lock of the held response, and read from any thread. */
	private volatile StreamStart start = new StreamStart.Open();

	/** What was paid for has failed, which is told once. */
	private volatile boolean failureTold;

	/**
	 * Create a commit point.
	 * @param charge settles
	 * @param streams the streams of the filter
	 * @param route what is sold
	 * @param raw the answer that the client gets
	 * @param failures answers in the handler's place
	 */
	public SettleOnCommit(Charge charge, MeteredStreams streams, PricedRoute route, RawAnswer raw,
			FailedSettlement failures) {
		this.charge = charge;
		this.streams = streams;
		this.route = route;
		this.raw = raw;
		this.failures = failures;
	}

	@Override
	public boolean reachedEarly(int status, boolean full) {
		if (!isMetered(status)) {
			return true;
		}
		StreamStart start = start(full);
		this.start = start;
		return !(start instanceof StreamStart.Kept);
	}

	private StreamStart start(boolean full) {
		StreamStart start = (this.start instanceof StreamStart.Open) ? hold() : this.start;
		return (full && start instanceof StreamStart.Kept kept) ? new StreamStart.TooLong(kept.watch()) : start;
	}

	/** Ask the facilitator. */
	private StreamStart hold() {
		return this.charge.hold()
			.fold((held) -> new StreamStart.Streaming(this.streams.begin(this.charge, held, this.raw.bufferSize())),
					(notHeld) -> new StreamStart.Kept(DeliveryWatch.NONE),
					(doubtful) -> new StreamStart.Kept(this.streams.watch(this.charge, doubtful)),
					(failed) -> new StreamStart.Refused(failed.outcome()));
	}

	/** Whether it would cost, and what it costs may still change. */
	private boolean isMetered(int status) {
		return this.charge.payment().isMetered() && !isFree(status) && !this.charge.isStarted()
				&& !this.raw.isCommitted() && !this.charge.isForAnotherBody();
	}

	private boolean isFree(int status) {
		return !this.route.charged().include(status);
	}

	@Override
	public Optional<Consumer<OwnAnswer>> reached(int status) throws IOException {
		boolean failed = status >= BAD_REQUEST;
		boolean free = isFree(status);
		if (free && !this.charge.isStarted()) {
			this.charge.payment().close();
			Consumer<OwnAnswer> addition = failed ? (response) -> {
			} : ResponseHeaders::keepPrivate;
			return Optional.of(addition);
		}
		requireOpen();
		StreamStart start = this.start;
		if (start instanceof StreamStart.Streaming streaming) {
			return Optional.of((response) -> addReceipt(response, streaming.stream().held().receipt()));
		}
		if (start instanceof StreamStart.Refused refused) {
			return replace(refused.outcome());
		}
		if (start instanceof StreamStart.TooLong) {
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
			SettleResponse receipt = failed ? outcome.response() : this.charge.receipt(outcome);
			return Optional.of((response) -> addReceipt(response, receipt));
		}
		return replace(outcome);
	}

	/** Nothing of it has left, and nothing is charged, or held when its client hears. */
	private Optional<Consumer<OwnAnswer>> refuse() throws IOException {
		logger.warn("The answer of route '{}' is longer than the hold budget, and nothing is held for it: it was "
				+ "refused, and not charged", this.route.name());
		this.charge.payment().close();
		this.start.watch().over();
		this.raw.restore();
		this.charge.end();
		this.failures.write(Problem.streamNotHeld());
		return Optional.empty();
	}

	private Optional<Consumer<OwnAnswer>> replace(SettlementOutcome outcome) throws IOException {
		this.raw.restore();
		this.charge.end();
		this.failures.write(outcome, this.charge.isPaidOnce());
		return Optional.empty();
	}

	/** Who asks again gets an answer for the same money, or has not paid. */
	@Override
	public void withheld() throws IOException {
		this.start.watch().over();
		replace(SettlementOutcome.Unknown.on(this.charge.payment().network()));
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
					this.route.name(),
					this.charge.isStarted() ? "Its payment was settled before" : "It was not charged");
			throw new IllegalStateException("the response was committed past the payment filter");
		}
	}

	/** Take back what the raw response was given of the handler's answer. */
	@Override
	public void withdraw() {
		if (!this.raw.isCommitted()) {
			this.raw.restore();
		}
	}

	/** If the money has moved, the container's answer has the receipt. */
	@Override
	public void abandoned() {
		if (!this.charge.isStarted() || this.failureTold) {
			return;
		}
		try {
			fail(this.charge.settle());
		}
		catch (IllegalStateException ex) {
			logger.error("What became of the payment for route '{}' is not known", this.route.name(), ex);
		}
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // told once the stream has ended
	public void brokenOff() {
		if (this.start instanceof StreamStart.Streaming streaming) {
			streaming.stream().end().thenAccept((outcome) -> {
				if (outcome != null) {
					this.charge.reportFailure(outcome, INTERNAL_SERVER_ERROR);
				}
			});
		}
		else {
			abandoned();
		}
	}

	/**
	 * A step that there was no money for is the end of a stream, and no failure. Of what
	 * has not begun to leave others may have taken something back since.
	 */
	@Override
	public boolean isEnd(Throwable failure) {
		return this.start instanceof StreamStart.Streaming
				&& Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
					.limit(MAX_CAUSES)
					.anyMatch(ChargeRefusedException.class::isInstance);
	}

	@Override
	public boolean asks(int status, boolean early) {
		if (isFree(status) || this.charge.isStarted()) {
			return false;
		}
		StreamStart start = this.start;
		if (start instanceof StreamStart.Open && early && isMetered(status)) {
			return true;
		}
		boolean settles = start instanceof StreamStart.Open || start instanceof StreamStart.Kept;
		return settles && !(early && isMetered(status)) && !this.charge.isWaived();
	}

	@Override
	public boolean isStarted() {
		return this.charge.isStarted();
	}

	@Override
	public CompletionStage<@Nullable Void> underWay() {
		return this.charge.underWay();
	}

	@Override
	public DeliveryWatch delivery() {
		return this.start.watch();
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
		logger.error("Route '{}' was paid in transaction {} and its answer could not be delivered", this.route.name(),
				outcome.response().transaction(), failure);
		fail(outcome);
	}

	private void fail(SettlementOutcome outcome) {
		this.failureTold = true;
		this.charge.reportFailure(outcome, INTERNAL_SERVER_ERROR);
		if (!this.raw.isCommitted()) {
			withdraw();
			this.raw.status(INTERNAL_SERVER_ERROR);
			addReceipt(this.raw, outcome.response());
		}
	}

	private static void addReceipt(OwnAnswer response, SettleResponse receipt) {
		ReceiptHeader.set(response, receipt);
		ResponseHeaders.expose(response);
		ResponseHeaders.keepPrivate(response);
	}

}
