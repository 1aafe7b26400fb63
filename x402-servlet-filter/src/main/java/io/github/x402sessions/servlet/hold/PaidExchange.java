package io.github.x402sessions.servlet.hold;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.x402sessions.core.challenge.OwnAnswer;
import io.github.x402sessions.core.settle.CommitPoint;
import io.github.x402sessions.core.settle.DeliveryWatch;
import io.github.x402sessions.core.settle.PaidHandling;
import io.github.x402sessions.core.settle.ResponseCopy;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request whose payment was verified, from its first dispatch to the end of its answer.
 * It goes along as a request attribute, so that all dispatches of an asynchronous request
 * write to the one held response and are paid for together.
 */
public final class PaidExchange {

	private static final String ATTRIBUTE = PaidExchange.class.getName();

	private final PaidHandling settlement;

	private final HeldResponse response;

	private final PaidResponse paid;

	private final AsyncCycle cycle;

	private final DispatchTurns turns;

	private final PaidAsyncContext context;

	private final boolean bodiless;

	/**
	 * Create an exchange.
	 * @param raw the response that the client gets
	 * @param budget how much body is kept, bytes
	 * @param settlement decides on the release, and hears of the handler's failures
	 * @param copy is made of the answer
	 * @param bodiless whether the answer has no body, as one to {@code HEAD}, whatever
	 * length it declares
	 */
	public PaidExchange(HttpServletResponse raw, int budget, PaidHandling settlement, ResponseCopy copy,
			boolean bodiless) {
		this.settlement = settlement;
		this.bodiless = bodiless;
		this.response = new HeldResponse(raw, budget, new Commit(), this::take, copy);
		this.paid = new PaidResponse(this.response);
		this.cycle = new AsyncCycle(this.response);
		this.turns = new DispatchTurns(this.cycle);
		this.context = new PaidAsyncContext(this.response, this.paid, this.cycle);
	}

	/** Return the exchange that a request belongs to, if it is paid. */
	public static @Nullable PaidExchange of(ServletRequest request) {
		return (PaidExchange) request.getAttribute(ATTRIBUTE);
	}

	/** Let the handler run for the first time. */
	public void start(HttpServletRequest request, FilterChain chain) throws IOException, ServletException {
		request.setAttribute(ATTRIBUTE, this);
		run(new PaidRequest(request, this), this.paid, chain);
	}

	/**
	 * Let the handler go on after {@code AsyncContext.dispatch}. Other dispatches are
	 * steps of the handler and none of ours.
	 */
	public void resume(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request.getDispatcherType() != DispatcherType.ASYNC) {
			chain.doFilter(request, response);
			return;
		}
		this.cycle.resumed();
		run(PaidRequest.isIn(request) ? request : new PaidRequest(request, this),
				isHeld(response) ? response : this.paid, chain);
	}

	private void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			handle(request, response, chain);
			if (!this.cycle.isStarted()) {
				this.response.finish();
			}
		}
		catch (IOException | ServletException | RuntimeException | Error ex) {
			if (this.response.isReleased() && !this.cycle.isStarted() && !this.response.isClientGone()) {
				this.settlement.brokenOff();
			}
			if (!this.response.isReplaced()) {
				throw ex;
			}
		}
		finally {
			if (!this.cycle.isStarted()) {
				this.response.abandon();
				this.response.over();
				request.removeAttribute(ATTRIBUTE);
			}
		}
	}

	/** What is good as far as it goes ends with what its handler throws. */
	private void handle(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			this.turns.during(() -> chain.doFilter(request, response));
		}
		catch (IOException | ServletException | RuntimeException ex) {
			if (this.cycle.isStarted() || !this.settlement.isEnd(ex)) {
				throw ex;
			}
		}
	}

	private void take(WriteTurns.Turn turn) {
		this.turns.take(turn);
	}

	/** Start asynchronous handling, with the held response or a wrapper of it. */
	AsyncContext startAsync(Supplier<AsyncContext> container, ServletRequest request, ServletResponse response) {
		if (!isHeld(response)) {
			throw new IllegalStateException("a priced route must go on with the response that it was given");
		}
		return this.context.started(this.cycle.start(container), request, response);
	}

	AsyncContext asyncContext() {
		return this.context;
	}

	HttpServletResponse response() {
		return this.paid;
	}

	private boolean isHeld(ServletResponse response) {
		return response == this.paid
				|| (response instanceof ServletResponseWrapper wrapper && isHeld(wrapper.getResponse()));
	}

	/** Completes what the handler may never complete, because nothing was released. */
	private final class Commit implements CommitPoint {

		@Override
		public Optional<Consumer<OwnAnswer>> reached(int status) throws IOException {
			Optional<Consumer<OwnAnswer>> addition;
			try {
				PaidExchange.this.response.prepare();
				requireWhole(status);
				addition = PaidExchange.this.settlement.reached(status);
			}
			catch (IOException | RuntimeException | Error ex) {
				PaidExchange.this.settlement.withdraw();
				PaidExchange.this.settlement.abandoned();
				PaidExchange.this.cycle.fail(ex);
				throw ex;
			}
			if (addition.isEmpty()) {
				PaidExchange.this.cycle.end();
			}
			return addition;
		}

		/** Nobody pays for an answer that says itself that it is not whole. */
		private void requireWhole(int status) {
			boolean whole = PaidExchange.this.bodiless || status >= HttpServletResponse.SC_BAD_REQUEST
					|| status == HttpServletResponse.SC_NOT_MODIFIED;
			if (!whole && PaidExchange.this.response.isShort()) {
				throw new IllegalStateException("the body is shorter than its Content-Length");
			}
		}

		@Override
		public void withheld() throws IOException {
			try {
				PaidExchange.this.settlement.withheld();
			}
			catch (IOException | RuntimeException | Error ex) {
				PaidExchange.this.cycle.fail(ex);
				throw ex;
			}
			PaidExchange.this.cycle.end();
		}

		@Override
		public boolean reachedEarly(int status, boolean full) {
			return PaidExchange.this.settlement.reachedEarly(status, full);
		}

		@Override
		public DeliveryWatch delivery() {
			return PaidExchange.this.settlement.delivery();
		}

		@Override
		public void undelivered(Exception failure) {
			PaidExchange.this.settlement.undelivered(failure);
		}

		@Override
		public void abandoned() {
			PaidExchange.this.settlement.abandoned();
		}

	}

}
