package io.github.x402sessions.servlet;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.body.BodyStorage;
import io.github.x402sessions.core.challenge.PayPage;
import io.github.x402sessions.core.challenge.ResourceUrl;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.UnpayableRouteException;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.payment.SettlementThreads;
import io.github.x402sessions.core.purchase.IdempotencyGuard;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.servlet.challenge.ChallengeBody;
import io.github.x402sessions.servlet.challenge.FilterResponses;
import io.github.x402sessions.servlet.challenge.FilterResponsesBuilder;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.servlet.payment.PaymentListeners;
import io.github.x402sessions.servlet.request.RequestWithoutPayment;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.servlet.settle.PaidRequestHandler;
import org.jspecify.annotations.Nullable;

/**
 * Sets a {@link PaymentFilter} up.
 */
public final class PaymentFilterBuilder {

	/** How much of a response is held by default, bytes. */
	public static final int DEFAULT_HOLD_BUDGET = 256 * 1024;

	private static final long MAX_SIGNED_BODY = 1L << 40;

	private final PaymentGate gate;

	private final RoutePricing pricing;

	private final FilterResponsesBuilder responses = new FilterResponsesBuilder();

	private final List<SettlementListener> listeners = new ArrayList<>();

	private int holdBudget = DEFAULT_HOLD_BUDGET;

	private boolean strictStart;

	private boolean keepPaymentHeaders;

	private boolean requireSignedBody;

	private long signedBodyLimit = BodyStorage.DEFAULT_LIMIT;

	private @Nullable Executor executor;

	private ResponseStore responseStore = ResponseStore.inMemory();

	PaymentFilterBuilder(PaymentGate gate, RoutePricing pricing) {
		this.gate = gate;
		this.pricing = pricing;
	}

	/**
	 * Limit how much of a response is held in memory before it is settled and streamed.
	 * @param bytes the budget, bytes, 0 or more; 256 KiB by default
	 * @return this builder
	 * @throws IllegalArgumentException if the budget is negative
	 */
	public PaymentFilterBuilder holdBudget(int bytes) {
		if (bytes < 0) {
			throw new IllegalArgumentException("holdBudget must not be negative");
		}
		this.holdBudget = bytes;
		return this;
	}

	/**
	 * Add a listener.
	 * @param listener hears of settlements or, as a {@link PaymentListener}, takes part
	 * in the life of paid requests
	 * @return this builder
	 */
	public PaymentFilterBuilder listener(SettlementListener listener) {
		this.listeners.add(Objects.requireNonNull(listener, "listener"));
		return this;
	}

	/**
	 * Settle on an executor of the application's where routes are settled during their
	 * handler; by default on daemon threads, one per settlement in flight.
	 * @param executor the executor; if it refuses a settlement, the request's own thread
	 * settles before its handler runs
	 * @return this builder
	 */
	public PaymentFilterBuilder executor(Executor executor) {
		this.executor = Objects.requireNonNull(executor, "executor");
		return this;
	}

	/**
	 * Remember elsewhere what payment identifiers have bought, such as where several
	 * servers share their clients; by default it is remembered in memory, for 10 minutes
	 * and in up to 32 MiB. Answers that are longer than the hold budget are not kept.
	 * @param store the store
	 * @return this builder
	 */
	public PaymentFilterBuilder responseStore(ResponseStore store) {
		this.responseStore = Objects.requireNonNull(store, "store");
		return this;
	}

	/**
	 * Name the URL that clients reach this server at. {@code resource.url} is this URL
	 * and the path and query of the request, context path included; nothing of the
	 * {@code Host} header is used. Without it, it is the URL that the container sees.
	 * @param url an absolute http or https URL, such as {@code https://shop.example}
	 * @return this builder
	 * @throws IllegalArgumentException if it is something else
	 */
	public PaymentFilterBuilder publicBaseUrl(URI url) {
		this.responses.resourceUrl(ResourceUrl.on(Objects.requireNonNull(url, "url")));
		return this;
	}

	/**
	 * Say how the page looks that browsers get with a 402, and whether people can pay on
	 * it. By default they can. Not used with a {@link #challengeBody}.
	 * @param page the page
	 * @return this builder
	 */
	public PaymentFilterBuilder page(PayPage page) {
		this.responses.page(Objects.requireNonNull(page, "page"));
		return this;
	}

	/**
	 * Write an own body for 402 answers, for payments that are missing or were refused.
	 * Also used for failed settlements unless {@link #failedSettlementBody} is set.
	 * @param body makes the body
	 * @return this builder
	 */
	public PaymentFilterBuilder challengeBody(ChallengeBody body) {
		this.responses.challengeBody(Objects.requireNonNull(body, "body"));
		return this;
	}

	/**
	 * Write an own body for 402 answers in place of the handler's when its payment could
	 * not be settled.
	 * @param body makes the body
	 * @return this builder
	 */
	public PaymentFilterBuilder failedSettlementBody(ChallengeBody body) {
		this.responses.failedSettlementBody(Objects.requireNonNull(body, "body"));
		return this;
	}

	/**
	 * Tell how large the headers of a response may be. Terms that cannot fit stop the
	 * start. Those that do not, with what the facilitator adds, are answered with a
	 * problem: 500, or 414 if it is the URL that is too long. Terms that come near are
	 * logged, once per route.
	 * @param bytes the container's limit, 8 KiB by default as on Tomcat and Jetty
	 * @return this builder
	 * @throws IllegalArgumentException if it is below 1 KiB
	 */
	public PaymentFilterBuilder maxResponseHeaderSize(int bytes) {
		this.responses.maxHeaderSize(bytes);
		return this;
	}

	/**
	 * Fail the start if the facilitator does not answer or a route cannot be paid. By
	 * default the start is lenient: such a route is answered with 503 and logged.
	 * @param strict whether to check in {@link #build()} all routes that are known by
	 * then
	 * @return this builder
	 */
	public PaymentFilterBuilder strictStart(boolean strict) {
		this.strictStart = strict;
		return this;
	}

	/**
	 * Let what runs behind the filter see the headers {@code PAYMENT-SIGNATURE} and
	 * {@code X-PAYMENT}. By default it does not: they are as good as money, and handlers,
	 * logs and proxies copy headers. {@link Payment} tells what a handler needs.
	 * @param keep whether they stay in the request
	 * @return this builder
	 */
	public PaymentFilterBuilder keepPaymentHeaders(boolean keep) {
		this.keepPaymentHeaders = keep;
		return this;
	}

	/**
	 * Refuse payments whose payers have signed for a call, but left its body open
	 * ({@code -}), as those do who send what they do not know beforehand. By default they
	 * are taken; payments that are not signed at all are not concerned.
	 * @param require whether who signs has to sign for the body
	 * @return this builder
	 */
	public PaymentFilterBuilder requireSignedBody(boolean require) {
		this.requireSignedBody = require;
		return this;
	}

	/**
	 * Limit the bodies that payers have signed for. Each is received as a whole and
	 * compared before its handler runs, in memory up to 64 KiB and in a temporary file
	 * beyond; all files together hold up to 16 times the limit. A longer one is answered
	 * 413.
	 * @param bytes how long such a body may be, bytes, 0 or more; 10 MiB by default
	 * @return this builder
	 * @throws IllegalArgumentException if the limit is negative or above 1 TiB
	 */
	public PaymentFilterBuilder signedBodyLimit(long bytes) {
		if (bytes < 0 || bytes > MAX_SIGNED_BODY) {
			throw new IllegalArgumentException("signedBodyLimit must be 0 to " + MAX_SIGNED_BODY);
		}
		this.signedBodyLimit = bytes;
		return this;
	}

	/**
	 * Create the filter.
	 * @return a filter, ready to be registered
	 * @throws UnpayableRouteException if the start is strict and a route cannot be paid
	 * @throws IllegalArgumentException if the terms of a route do not fit into the
	 * response headers
	 */
	public PaymentFilter build() {
		return new PaymentFilter(flow());
	}

	PaymentFlow flow() {
		if (this.strictStart) {
			this.gate.requireSupport(this.pricing.routes());
		}
		FilterResponses responses = this.responses.build();
		responses.check(this.gate, this.pricing.routes());
		PaymentListeners listeners = new PaymentListeners(this.listeners);
		Executor executor = (this.executor != null) ? this.executor : SettlementThreads.create();
		PaidRequestHandler paid = new PaidRequestHandler(this.gate, listeners, responses, this.holdBudget, executor);
		return new PaymentFlow(this.gate, this.pricing, listeners, paid, responses,
				new IdempotencyGuard(this.responseStore),
				new SignedBodies(this.gate, BodyStorage.of(this.signedBodyLimit), responses),
				new SignedCallCheck(this.gate, responses, this.requireSignedBody),
				this.keepPaymentHeaders ? UnaryOperator.identity() : RequestWithoutPayment::of);
	}

}
