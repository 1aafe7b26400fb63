package io.github.x402sessions.webflux;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.core.body.BodyStorage;
import io.github.x402sessions.core.body.SignedCallRules;
import io.github.x402sessions.core.challenge.PayPage;
import io.github.x402sessions.core.challenge.ResourceUrl;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.purchase.IdempotencyGuard;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.webflux.answer.ExchangeAnswers;
import io.github.x402sessions.webflux.body.BodyReceiver;
import io.github.x402sessions.webflux.hold.GateThreads;

import org.springframework.http.codec.ServerCodecConfigurer;

/**
 * Sets a {@link PaymentWebFilter} up.
 */
public final class PaymentWebFilterBuilder {

	private static final int DEFAULT_HOLD_BUDGET = 256 * 1024;

	private static final int DEFAULT_HEADER_SIZE = 8 * 1024;

	private static final int SMALLEST_HEADER_SIZE = 1024;

	private static final int DEFAULT_DECISIONS = 64;

	private static final int DEFAULT_SETTLEMENTS = 128;

	private static final int WAITING = 1000;

	private final PaymentGate gate;

	private final ExchangePricing pricing;

	private final List<SettlementListener> listeners = new ArrayList<>();

	private ResponseStore responseStore = ResponseStore.inMemory();

	private ServerCodecConfigurer codecs = ServerCodecConfigurer.create();

	private ResourceUrl resource = ResourceUrl.ofServer();

	private PayPage page = PayPage.PLAIN;

	private int holdBudget = DEFAULT_HOLD_BUDGET;

	private int maxHeaderSize = DEFAULT_HEADER_SIZE;

	private boolean keepPaymentHeaders;

	private boolean requireSignedBody;

	private long signedBodyLimit = BodyStorage.DEFAULT_LIMIT;

	private int decisions = DEFAULT_DECISIONS;

	private int settlements = DEFAULT_SETTLEMENTS;

	private int waiting = WAITING;

	PaymentWebFilterBuilder(PaymentGate gate, ExchangePricing pricing) {
		this.gate = gate;
		this.pricing = pricing;
	}

	/**
	 * Limit how much of a response is held in memory before it is settled and streamed.
	 * @param bytes the budget, bytes, 0 or more; 256 KiB by default
	 * @return this builder
	 * @throws IllegalArgumentException if the budget is negative
	 */
	public PaymentWebFilterBuilder holdBudget(int bytes) {
		require(bytes >= 0, "holdBudget must not be negative");
		this.holdBudget = bytes;
		return this;
	}

	/**
	 * Add a listener.
	 * @param listener hears of settlements or, as an {@link ExchangeListener}, takes part
	 * in the life of paid exchanges
	 * @return this builder
	 */
	public PaymentWebFilterBuilder listener(SettlementListener listener) {
		this.listeners.add(Objects.requireNonNull(listener, "listener"));
		return this;
	}

	/**
	 * Remember elsewhere what payment identifiers have bought, such as where several
	 * servers share their clients; by default it is remembered in memory.
	 * @param store the store
	 * @return this builder
	 */
	public PaymentWebFilterBuilder responseStore(ResponseStore store) {
		this.responseStore = Objects.requireNonNull(store, "store");
		return this;
	}

	/**
	 * Read forms, whose payers have signed for them, with the application's own codecs.
	 * @param codecs the codecs
	 * @return this builder
	 */
	public PaymentWebFilterBuilder codecs(ServerCodecConfigurer codecs) {
		this.codecs = Objects.requireNonNull(codecs, "codecs");
		return this;
	}

	/**
	 * Name the URL that clients reach this server at. {@code resource.url} is this URL
	 * and the path and query of the request; nothing of the {@code Host} header is used.
	 * Without it, it is the URL that the server sees.
	 * @param url an absolute http or https URL, such as {@code https://shop.example}
	 * @return this builder
	 * @throws IllegalArgumentException if it is something else
	 */
	public PaymentWebFilterBuilder publicBaseUrl(URI url) {
		this.resource = ResourceUrl.on(Objects.requireNonNull(url, "url"));
		return this;
	}

	/**
	 * Change the page that browsers get with a 402.
	 * @param page how it looks, and whether people can pay on it
	 * @return this builder
	 */
	public PaymentWebFilterBuilder page(PayPage page) {
		this.page = Objects.requireNonNull(page, "page");
		return this;
	}

	/**
	 * Tell how large the headers of a response may be. Terms that cannot fit stop the
	 * start; those that do not fit with what the facilitator adds are answered with a
	 * problem.
	 * @param bytes the limit of what stands in front of this server, 8 KiB by default;
	 * Netty has none
	 * @return this builder
	 * @throws IllegalArgumentException if it is below 1 KiB
	 */
	public PaymentWebFilterBuilder maxResponseHeaderSize(int bytes) {
		require(bytes >= SMALLEST_HEADER_SIZE, "maxResponseHeaderSize must be at least 1024");
		this.maxHeaderSize = bytes;
		return this;
	}

	/**
	 * Let what runs behind the filter see the headers {@code PAYMENT-SIGNATURE} and
	 * {@code X-PAYMENT}. By default it does not: they are as good as money.
	 * @param keep whether they stay in the request
	 * @return this builder
	 */
	public PaymentWebFilterBuilder keepPaymentHeaders(boolean keep) {
		this.keepPaymentHeaders = keep;
		return this;
	}

	/**
	 * Refuse payments whose payers have signed for a call, but left its body open.
	 * @param require whether who signs has to sign for the body
	 * @return this builder
	 */
	public PaymentWebFilterBuilder requireSignedBody(boolean require) {
		this.requireSignedBody = require;
		return this;
	}

	/**
	 * Limit the bodies that are received before their handlers run: those that payers
	 * have signed for, and those that come with a payment identifier. They are kept in
	 * memory up to 64 KiB and in a temporary file beyond; all files together hold up to
	 * 16 times the limit. A longer one is answered 413.
	 * @param bytes how long such a body may be, bytes, 0 or more; 10 MiB by default
	 * @return this builder
	 * @throws IllegalArgumentException if the limit is negative or above 1 TiB
	 */
	public PaymentWebFilterBuilder signedBodyLimit(long bytes) {
		require(bytes >= 0 && bytes <= 1L << 40, "signedBodyLimit must be 0 to 1 TiB");
		this.signedBodyLimit = bytes;
		return this;
	}

	/**
	 * Limit the threads that wait for facilitators. What finds none free waits for one,
	 * if not too many do so; beyond that requests are answered 503, and not charged.
	 * @param decisions how many payments are decided on at a time, 1 or more; 64 by
	 * default
	 * @param settlements how many are settled at a time, 1 or more; 128 by default
	 * @param waiting how many more of either wait, 1 or more; 1000 by default
	 * @return this builder
	 * @throws IllegalArgumentException if one is less than 1
	 */
	public PaymentWebFilterBuilder threads(int decisions, int settlements, int waiting) {
		require(decisions > 0 && settlements > 0 && waiting > 0, "threads must be 1 or more");
		this.decisions = decisions;
		this.settlements = settlements;
		this.waiting = waiting;
		return this;
	}

	private static void require(boolean holds, String message) {
		if (!holds) {
			throw new IllegalArgumentException(message);
		}
	}

	/**
	 * Create the filter.
	 * @return a filter
	 * @throws IllegalArgumentException if the terms of a route do not fit into the
	 * response headers
	 */
	public PaymentWebFilter build() {
		ExchangeAnswers answers = new ExchangeAnswers(this.resource, this.page, this.maxHeaderSize);
		answers.check(this.gate, this.pricing.routes());
		ExchangeListeners listeners = new ExchangeListeners(this.listeners);
		GateThreads threads = new GateThreads(this.decisions, this.settlements, this.waiting);
		ExchangeSale sale = new ExchangeSale(this.gate, listeners, answers, threads,
				new IdempotencyGuard(this.responseStore),
				new SignedCallRules(this.gate, answers.knowsHost(), this.requireSignedBody),
				new BodyReceiver(BodyStorage.of(this.signedBodyLimit)),
				new PaidHandler(this.gate, listeners, answers, threads, this.codecs, this.holdBudget));
		return new PaymentWebFilter(this.pricing, listeners, answers, threads, sale, this.keepPaymentHeaders);
	}

}
