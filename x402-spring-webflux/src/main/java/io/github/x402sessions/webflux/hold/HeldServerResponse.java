package io.github.x402sessions.webflux.hold;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.github.x402sessions.core.challenge.OwnAnswer;
import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.settle.CommitPoint;
import io.github.x402sessions.core.settle.DeliveryWatch;
import io.github.x402sessions.core.settle.FailedSettlement;
import io.github.x402sessions.core.settle.PaidHandling;
import io.github.x402sessions.core.settle.ResponseCommit;
import io.github.x402sessions.core.settle.ResponseCopy;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;

/**
 * Keeps everything that a handler answers until its {@link CommitPoint}: the head, and up
 * to a budget of body. Where it may leave it is handed to the server's own response, and
 * what follows streams there at the pace of its client; where it may not it is forgotten,
 * and another answer sent. It shows nobody the response behind it, and takes no file that
 * a server could send past it.
 */
public final class HeldServerResponse extends AbstractServerHttpResponse {

	private static final Logger logger = LoggerFactory.getLogger(HeldServerResponse.class);

	private static final int BAD_REQUEST = 400;

	private static final int NOT_MODIFIED = 304;

	private final RawServerResponse raw;

	private final PaidHandling settlement;

	private final FailedSettlement failures;

	private final ResponseCommit commit;

	private final ResponseCopy copy;

	private final CommitTurns turns;

	private final ServerDelivery delivery;

	private final GateThreads threads;

	private final int budget;

	private final boolean bodiless;

	/** Used by one thread at a time, of those that a body comes by. */
	private volatile ByteArrayOutputStream kept = new ByteArrayOutputStream();

	private volatile boolean finished;

	/** What is written ends in a failure of its own, and not in one of the server. */
	private volatile boolean broken;

	/** Another answer leaves. */
	private volatile boolean replaced;

	/**
	 * Create a held response.
	 * @param raw the response that the client gets
	 * @param budget how much body is kept, bytes
	 * @param settlement decides on the release, and hears of the handler's failures
	 * @param failures answers where there is no thread to settle
	 * @param copy is made of what leaves
	 * @param threads wait for facilitators
	 * @param bodiless whether the answer has no body, as one to {@code HEAD}, whatever
	 * length it declares
	 */
	public HeldServerResponse(RawServerResponse raw, int budget, PaidHandling settlement, FailedSettlement failures,
			ResponseCopy copy, GateThreads threads, boolean bodiless) {
		super(raw.response().bufferFactory(), copyOf(raw.response().getHeaders()));
		setStatusCode(raw.response().getStatusCode());
		getCookies().addAll(raw.response().getCookies());
		this.raw = raw;
		this.budget = budget;
		this.settlement = settlement;
		this.failures = failures;
		this.copy = copy;
		this.threads = threads;
		this.turns = new CommitTurns(threads, settlement);
		this.delivery = new ServerDelivery(raw.backlog(), settlement, copy, threads);
		this.bodiless = bodiless;
		this.commit = new ResponseCommit(new Commit(), new Undecided());
	}

	private static HttpHeaders copyOf(HttpHeaders headers) {
		HttpHeaders copy = new HttpHeaders();
		headers.forEach((name, values) -> values.forEach((value) -> copy.add(name, value)));
		return copy;
	}

	/**
	 * Have a handler answer, to the end of the exchange.
	 * @param handler answers this response
	 * @return the end
	 */
	public Mono<Void> carry(Mono<Void> handler) {
		return Mono.usingWhen(Mono.just(this),
				(held) -> handler.then(Mono.defer(held::setComplete)).then(Mono.defer(held::requireAnswer)),
				HeldServerResponse::over, (held, failure) -> held.failed(), HeldServerResponse::cancelled);
	}

	/** Others may have taken a failure of ours for theirs, and answered to nobody. */
	private Mono<Void> requireAnswer() {
		return (this.commit.isReleased() || this.replaced) ? Mono.empty()
				: Mono.error(new IllegalStateException("the answer of a paid request was not released"));
	}

	private Mono<Void> over() {
		boolean told = this.commit.isHolding() && this.settlement.isStarted();
		return end(told || this.copy.isTracked() || this.delivery.isWatched(), () -> {
		});
	}

	private Mono<Void> failed() {
		return end(true, () -> {
			if (this.commit.isReleased() && !this.delivery.isGone()) {
				this.settlement.brokenOff();
			}
		});
	}

	/** The client has gone: what has not left is not charged. */
	private Mono<Void> cancelled() {
		this.delivery.lose();
		return end(true, () -> {
		});
	}

	private Mono<Void> end(boolean blocks, Runnable first) {
		return this.turns.end(blocks, () -> {
			first.run();
			this.commit.abandon();
			return this.delivery.over();
		}, this.copy::close);
	}

	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals") // as it is declared
	public <T> T getNativeResponse() {
		throw new IllegalStateException("what is sold leaves once it is paid, by this response alone");
	}

	@Override
	public Mono<Void> setComplete() {
		return isCommitted() ? Mono.empty()
				: super.setComplete().then(Mono.defer(() -> this.raw.response().writeWith(leaving(Flux.empty()))));
	}

	@Override
	protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
		return delivered(this.raw.response().writeWith(leaving(Flux.from(body).map(Part::of))));
	}

	@Override
	protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		Flux<Part> parts = Flux.from(body)
			.map((some) -> Flux.from(some).map(Part::of).concatWithValues(Part.FLUSH))
			.onErrorResume((failure) -> Flux.just(Flux.just(Part.failed(failure))))
			.concatMap((some) -> some, 0);
		return delivered(this.raw.response().writeAndFlushWith(leaving(parts).map(Mono::just)));
	}

	/**
	 * All of it was sent; its client is to find the final amount when it hears the end.
	 */
	private Mono<Void> delivered(Mono<Void> written) {
		return written.doOnError((failure) -> {
			if (!this.broken) {
				this.delivery.lose();
			}
		}).then(Mono.defer(() -> this.commit.isReleased() ? this.delivery.delivered() : Mono.empty()));
	}

	@Override
	protected void applyStatusCode() {
		// Done at the commit point.
	}

	@Override
	protected void applyHeaders() {
		// Done at the commit point.
	}

	@Override
	protected void applyCookies() {
		// Done at the commit point.
	}

	/** What leaves of a body, or in its place. Nothing does before it is decided on. */
	private Flux<DataBuffer> leaving(Flux<Part> parts) {
		Flux<Part> inTurn = parts.onErrorResume((failure) -> Flux.just(Part.failed(failure)));
		return Flux.concat(inTurn.concatMap(this::step, 0), Flux.defer(this::finish))
			.onErrorResume(Replaced.class, (replaced) -> replacement())
			.onErrorResume((failure) -> this.commit.isReleased() && this.settlement.isEnd(failure), (end) -> finish())
			.doOnError((failure) -> this.broken = true)
			.doOnCancel(this.delivery::lose)
			.doOnDiscard(Part.class, Part::release);
	}

	private Publisher<DataBuffer> step(Part part) {
		Throwable failure = part.failure();
		if (failure != null) {
			return Flux.error(failure);
		}
		DataBuffer data = part.data();
		if (data == null) {
			return flush();
		}
		if (!this.commit.isHolding()) {
			return pass(data);
		}
		keep(data);
		return (this.kept.size() > this.budget)
				? reach(true, () -> this.commit.reachEarly(true)).thenMany(Flux.defer(this::released)) : Flux.empty();
	}

	private void keep(DataBuffer data) {
		byte[] bytes = new byte[data.readableByteCount()];
		data.read(bytes);
		DataBufferUtils.release(data);
		this.kept.writeBytes(bytes);
	}

	private Publisher<DataBuffer> flush() {
		if (this.commit.isHolding()) {
			return reach(true, () -> this.commit.reachEarly(false)).thenMany(Flux.defer(this::released));
		}
		return Mono.empty();
	}

	/** What was held leaves now, if it may. */
	private Flux<DataBuffer> released() {
		if (this.commit.isHolding()) {
			return Flux.empty();
		}
		if (!this.commit.isReleased()) {
			return Flux.error(new Replaced());
		}
		byte[] bytes = this.kept.toByteArray();
		this.kept = new ByteArrayOutputStream();
		return (bytes.length > 0) ? this.delivery.send(this.raw.response().bufferFactory().wrap(bytes)) : Flux.empty();
	}

	private Flux<DataBuffer> pass(DataBuffer data) {
		if (!this.commit.isReleased()) {
			DataBufferUtils.release(data);
			return Flux.error(new Replaced());
		}
		return this.delivery.pass(data);
	}

	/** The handler is done. */
	private Flux<DataBuffer> finish() {
		this.finished = true;
		if (this.commit.isHolding()) {
			return reach(false, this.commit::reach).thenMany(Flux.defer(this::released));
		}
		if (!this.commit.isReleased()) {
			return Flux.error(new Replaced());
		}
		return this.copy.isOpen() ? this.threads.end(this.copy::complete).thenMany(Flux.empty()) : Flux.empty();
	}

	/**
	 * What costs nothing, or is paid already, needs no place among those that settle.
	 */
	private Mono<Void> reach(boolean early, CommitTurns.Step step) {
		if (this.settlement.asks(status(), early)) {
			return this.turns.ask(step)
				.onErrorResume(RejectedExecutionException.class, (full) -> this.turns.go(this::refuse));
		}
		boolean told = this.settlement.isStarted() || this.copy.isTracked();
		return told ? this.turns.go(step) : this.turns.goAtOnce(step);
	}

	/** Nobody is free to settle it: nothing of it leaves, and nothing is charged. */
	private void refuse() throws IOException {
		logger.warn("An answer was refused, because as many payments are being settled as may be at a time");
		this.raw.restore();
		this.commit.abandon();
		this.failures.write(Problem.facilitatorUnavailable());
	}

	private Flux<DataBuffer> replacement() {
		byte[] body = this.raw.takeBody();
		if (body == null) {
			return Flux.error(new IllegalStateException("the answer was not released"));
		}
		this.replaced = true;
		return Flux.just(this.raw.response().bufferFactory().wrap(body));
	}

	/** The head goes to the raw response, before the payment. Nothing leaves yet. */
	private void prepare() {
		long declared = getHeaders().getContentLength();
		int length = this.kept.size();
		if (!this.bodiless && declared >= 0 && length > declared) {
			throw new IllegalStateException(
					"the body of " + length + " bytes is longer than its Content-Length of " + declared);
		}
		this.raw.take(this);
	}

	private int status() {
		HttpStatusCode status = getStatusCode();
		return (status != null) ? status.value() : 200;
	}

	/**
	 * A part of the answer, the wish that all before it leaves, or a failure, which takes
	 * its turn: what was charged for before it is not lost.
	 */
	private record Part(@Nullable DataBuffer data, @Nullable Throwable failure) {

		static final Part FLUSH = new Part(null, null);

		static Part of(DataBuffer data) {
			return new Part(data, null);
		}

		static Part failed(Throwable failure) {
			return new Part(null, failure);
		}

		void release() {
			if (this.data != null) {
				DataBufferUtils.release(this.data);
			}
		}

	}

	/** Ends a body in whose place another answer is sent. */
	private static final class Replaced extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Replaced() {
			super("the answer is replaced", null, false, false);
		}

	}

	/** This response, as its commit sees it. */
	private final class Undecided implements ResponseCommit.Held {

		@Override
		public int getStatus() {
			return status();
		}

		@Override
		public boolean release(Consumer<OwnAnswer> addition) {
			HeldServerResponse held = HeldServerResponse.this;
			addition.accept(held.raw);
			held.copy.begin(held.raw, status(), held.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
					held.getHeaders().getContentLength(), null);
			if (held.copy.isOpen()) {
				byte[] bytes = held.kept.toByteArray();
				held.copy.write(bytes, 0, bytes.length);
			}
			return held.copy.mayLeave(held.finished);
		}

		@Override
		public void forget() {
			HeldServerResponse.this.kept = new ByteArrayOutputStream();
		}

	}

	/** Settles, but only what is whole. */
	private final class Commit implements CommitPoint {

		@Override
		public Optional<Consumer<OwnAnswer>> reached(int status) throws IOException {
			PaidHandling settlement = HeldServerResponse.this.settlement;
			try {
				prepare();
				requireWhole(status);
				return settlement.reached(status);
			}
			catch (IOException | RuntimeException | Error ex) {
				settlement.withdraw();
				settlement.abandoned();
				throw ex;
			}
		}

		/** Nobody pays for an answer that says itself that it is not whole. */
		private void requireWhole(int status) {
			HeldServerResponse held = HeldServerResponse.this;
			boolean whole = held.bodiless || status >= BAD_REQUEST || status == NOT_MODIFIED;
			if (!whole && held.finished && held.kept.size() < held.getHeaders().getContentLength()) {
				throw new IllegalStateException("the body is shorter than its Content-Length");
			}
		}

		@Override
		public boolean reachedEarly(int status, boolean full) {
			return HeldServerResponse.this.settlement.reachedEarly(status, full);
		}

		@Override
		public DeliveryWatch delivery() {
			return HeldServerResponse.this.settlement.delivery();
		}

		@Override
		public void withheld() throws IOException {
			HeldServerResponse.this.settlement.withheld();
		}

		@Override
		public void undelivered(Exception failure) {
			HeldServerResponse.this.settlement.undelivered(failure);
		}

		@Override
		public void abandoned() {
			HeldServerResponse.this.settlement.abandoned();
		}

	}

}
