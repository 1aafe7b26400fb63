package io.github.x402sessions.servlet;

import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.fixtures.Eventually;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator that approves of everything until the test tells it otherwise, and counts
 * what it settled.
 */
public final class ScriptedFacilitator implements Facilitator {

	public static final String TRANSACTION = "ab12" + "0".repeat(60);

	public static final SettleResponse RECEIPT = new SettleResponse(true, null, null, "GP", TRANSACTION,
			"stellar:testnet", "1000000", null);

	public final AtomicInteger verified = new AtomicInteger();

	public final AtomicInteger settled = new AtomicInteger();

	private final AtomicInteger commitments = new AtomicInteger();

	/** Settlements that charged the payer. */
	public final AtomicInteger charged = new AtomicInteger();

	/**
	 * Payment identifiers that were settled, and for how much; they are honoured if this
	 * is set.
	 */
	public volatile @Nullable Map<String, String> identifiers;

	public final List<String> amounts = new CopyOnWriteArrayList<>();

	/** Held down by a test that wants a settlement to take its time. */
	public volatile CountDownLatch gate = new CountDownLatch(0);

	public volatile Runnable whileSettling = () -> {
	};

	/** Runs when a settlement has begun to wait for the {@link #gate}. */
	public volatile Runnable whileAwaiting = () -> {
	};

	/** Runs when a settlement was made; what it throws is the answer. */
	public volatile Runnable afterSettling = () -> {
	};

	public volatile VerifyResponse verdict = VerifyResponse.valid("GP");

	public volatile SettleResponse receipt = RECEIPT;

	public volatile Optional<FacilitatorException> verifyFailure = Optional.empty();

	public volatile Optional<FacilitatorException> settleFailure = Optional.empty();

	public volatile Map<String, Object> extra = Map.of();

	/** The commitments of the holds that stand, by the identifiers of their payments. */
	public final Map<String, String> holds = new ConcurrentHashMap<>();

	/** What it is asked to hold next; what one throws or returns is the answer. */
	public final Deque<Function<SettleResponse, SettleResponse>> holdAnswers = new ConcurrentLinkedDeque<>();

	/** What is thrown for the next settlements, after they were made. */
	public final Deque<FacilitatorException> lostReceipts = new ConcurrentLinkedDeque<>();

	public final AtomicInteger released = new AtomicInteger();

	public volatile Duration holdTime = Duration.ofMinutes(15);

	/**
	 * How long it may take; what gets no answer is not asked again if there is no time.
	 */
	public volatile Duration settleTimeout = Duration.ofMinutes(1);

	public volatile SettlementPlaces places = SettlementPlaces.unlimited();

	@Override
	public SupportedResponse supported() {
		return new SupportedResponse(List.of(new SupportedKind(2, "session", "stellar:testnet", this.extra)),
				(this.identifiers != null) ? List.of(PaymentIdentifier.EXTENSION) : List.of(), Map.of());
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		this.verified.incrementAndGet();
		this.verifyFailure.ifPresent((failure) -> {
			throw failure;
		});
		return isConflict(request) ? VerifyResponse.invalid("payment_identifier_conflict", null) : this.verdict;
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		this.settled.incrementAndGet();
		this.amounts.add(request.paymentRequirements().amount());
		await();
		this.whileSettling.run();
		this.settleFailure.ifPresent((failure) -> {
			throw failure;
		});
		SettleResponse receipt = this.receipt;
		SettleResponse answer = isConflict(request)
				? SettleResponse.failure("payment_identifier_conflict", null, "stellar:testnet")
				: (receipt == RECEIPT) ? success(request) : receipt;
		this.afterSettling.run();
		FacilitatorException lost = this.lostReceipts.poll();
		if (lost != null) {
			throw lost;
		}
		return answer;
	}

	@Override
	public Duration settleTimeout() {
		return this.settleTimeout;
	}

	@Override
	public SettlementPlaces settlementPlaces() {
		return this.places;
	}

	/** Whether its identifier was settled for another amount. */
	private boolean isConflict(FacilitatorRequest request) {
		Map<String, String> known = this.identifiers;
		String amount = request.paymentRequirements().amount();
		return known != null && !known.getOrDefault(id(request), amount).equals(amount);
	}

	private static String id(FacilitatorRequest request) {
		return PaymentIdentifier.of(request.paymentPayload()).orElseThrow().id();
	}

	private SettleResponse success(FacilitatorRequest request) {
		Map<String, String> known = this.identifiers;
		boolean replayed = known != null
				&& known.putIfAbsent(id(request), request.paymentRequirements().amount()) != null;
		int number = replayed ? this.charged.get() : this.charged.incrementAndGet();
		String transaction = (number == 1) ? TRANSACTION : "ab12%060d".formatted(number);
		return receipt(request, (known != null) ? this.holds.getOrDefault(id(request), transaction) : transaction,
				replayed ? Map.of(PaymentIdentifier.EXTENSION, Map.of("replayed", true)) : null);
	}

	private static SettleResponse receipt(FacilitatorRequest request, String transaction,
			@Nullable Map<String, @Nullable Object> extensions) {
		return new SettleResponse(true, null, null, "GP", transaction, "stellar:testnet",
				request.paymentRequirements().amount(), extensions);
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		Map<String, Object> extensions = new HashMap<>();
		String made = "cmt_%022d".formatted(this.commitments.incrementAndGet());
		String known = this.holds.putIfAbsent(id(request), made);
		if (known != null) {
			extensions.put(PaymentIdentifier.EXTENSION, Map.of("replayed", true));
		}
		String commitment = (known != null) ? known : made;
		extensions.put("session", Map.of("settlement", "held", "commitment", commitment, "heldUntil",
				Instant.now().plus(this.holdTime).getEpochSecond()));
		Function<SettleResponse, SettleResponse> script = this.holdAnswers.poll();
		SettleResponse answer = receipt(request, commitment, extensions);
		return (script != null) ? script.apply(answer) : answer;
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		this.released.incrementAndGet();
		this.holds.remove(id(request));
		return receipt(request, "", null);
	}

	/** Defer, and hold what streams may cost. */
	public ScriptedFacilitator holding() {
		this.extra = Map.of("deferred", true, "holds", true);
		return honouring();
	}

	public void down() {
		this.verifyFailure = Optional.of(new FacilitatorUnavailableException("down", null));
	}

	public void up() {
		this.verifyFailure = Optional.empty();
	}

	/** Settle each payment identifier once. */
	public ScriptedFacilitator honouring() {
		this.identifiers = new ConcurrentHashMap<>();
		return this;
	}

	/** Settle each payment, whatever its identifier. */
	public void notHonouring() {
		this.identifiers = null;
	}

	/** Begin anew, but for the transactions; settle each payment identifier once. */
	public void forget() {
		this.verified.set(0);
		this.settled.set(0);
		this.verdict = VerifyResponse.valid("GP");
		up();
		honouring();
	}

	private void await() {
		this.whileAwaiting.run();
		Eventually.opens(this.gate);
	}

}
