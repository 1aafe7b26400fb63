package io.github.x402sessions.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * A facilitator that approves of everything until the test tells it otherwise, and notes
 * what it is asked.
 */
public final class FakeFacilitator implements Facilitator {

	public static final String TESTNET = "stellar:testnet";

	/** The names of the calls it got. */
	public final List<String> calls = new ArrayList<>();

	/** The payments that it was to verify or to settle. */
	public final List<FacilitatorRequest> payments = new ArrayList<>();

	/** How long it might take for each settlement. */
	public final List<Duration> limits = new ArrayList<>();

	/** What it says of the next settlements, before {@link #answer}. */
	public final Deque<Supplier<SettleResponse>> answers = new ArrayDeque<>();

	/** What it says of all other settlements. */
	public Supplier<SettleResponse> answer = () -> receipt("ab", null);

	/** What it says when it is to hold an amount. */
	public Supplier<SettleResponse> holdAnswer = () -> SettleResponse.failure(NOT_HELD, null, TESTNET);

	/** What it says when it is to release one. */
	public Supplier<SettleResponse> releaseAnswer = () -> named("", null);

	public VerifyResponse verdict = VerifyResponse.valid("GP");

	public List<SupportedKind> kinds;

	public List<String> extensions = List.of();

	public Runnable whenVerifying = () -> {
	};

	/** Why it does not say what it supports. */
	public RuntimeException failure;

	/** Why it handles no payment. */
	public RuntimeException paymentFailure;

	public Duration timeout = Duration.ofMinutes(1);

	/** The books that it shows. */
	public SettlementNotices notices;

	public SettlementPlaces places = SettlementPlaces.unlimited();

	/** Create one of these schemes. */
	public FakeFacilitator(String... schemes) {
		support(Map.of(), schemes);
	}

	/**
	 * Create one of the scheme {@code session}, which settles an identifier at most once.
	 */
	public static FakeFacilitator honouring() {
		FakeFacilitator facilitator = new FakeFacilitator("session");
		facilitator.extensions = List.of(PaymentIdentifier.EXTENSION);
		return facilitator;
	}

	/** Support these schemes from now on. */
	public void support(Map<String, Object> extra, String... schemes) {
		this.kinds = Stream.of(schemes).map((scheme) -> new SupportedKind(2, scheme, TESTNET, extra)).toList();
	}

	/** Answer nothing from now on. */
	public void fail(RuntimeException failure) {
		this.failure = failure;
		this.paymentFailure = failure;
	}

	/** A receipt by a transaction whose hash begins that way. */
	public static SettleResponse receipt(String hash, Map<String, Object> extensions) {
		return named(hash + "0".repeat(64 - hash.length()), extensions);
	}

	/** A receipt that names this for a transaction. */
	public static SettleResponse named(String transaction, Map<String, Object> extensions) {
		return new SettleResponse(true, null, null, "GP", transaction, TESTNET, "1000000", extensions);
	}

	/** Return how often a call was made. */
	public long count(String call) {
		return this.calls.stream().filter(call::equals).count();
	}

	/** Return the names of the calls that were about payments. */
	public List<String> paymentCalls() {
		return this.calls.stream().filter((call) -> !call.equals("supported")).toList();
	}

	/** Return the identifiers of the payments, {@code null} where one had none. */
	public List<PaymentIdentifier> identifiers() {
		List<PaymentIdentifier> identifiers = new ArrayList<>();
		this.payments
			.forEach((payment) -> identifiers.add(PaymentIdentifier.of(payment.paymentPayload()).orElse(null)));
		return identifiers;
	}

	/** Return the server's terms of the payments. */
	public List<PaymentRequirements> asked() {
		return this.payments.stream().map(FacilitatorRequest::paymentRequirements).toList();
	}

	@Override
	public SupportedResponse supported() {
		this.calls.add("supported");
		if (this.failure != null) {
			throw this.failure;
		}
		return new SupportedResponse(this.kinds, this.extensions,
				Map.of("stellar:*", List.of("G" + this.kinds.size())));
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		this.calls.add("verify");
		failPayment();
		this.whenVerifying.run();
		this.payments.add(request);
		return this.verdict;
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return settle(request, this.timeout);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request, Duration limit) {
		this.calls.add("settle");
		failPayment();
		this.limits.add(limit);
		this.payments.add(request);
		return (this.answers.isEmpty() ? this.answer : this.answers.poll()).get();
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		this.calls.add("hold");
		failPayment();
		this.payments.add(request);
		return this.holdAnswer.get();
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		this.calls.add("release");
		failPayment();
		this.payments.add(request);
		return this.releaseAnswer.get();
	}

	private void failPayment() {
		if (this.paymentFailure != null) {
			throw this.paymentFailure;
		}
	}

	@Override
	public Duration settleTimeout() {
		return this.timeout;
	}

	@Override
	public SettlementPlaces settlementPlaces() {
		return this.places;
	}

	@Override
	public Optional<SettlementNotices> notices() {
		return Optional.ofNullable(this.notices);
	}

}
