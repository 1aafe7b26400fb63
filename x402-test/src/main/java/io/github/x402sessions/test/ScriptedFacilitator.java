package io.github.x402sessions.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.scheme.Deferral;
import io.github.x402sessions.core.scheme.PaymentScheme;
import io.github.x402sessions.core.scheme.SessionScheme;
import io.github.x402sessions.core.terms.CommonTerms;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator that moves no money and follows the script of a test: by default it
 * approves of everything. It remembers its settlements. Thread-safe; {@link #reset()} it
 * between tests that share it, unless {@link AutoConfigureX402} does.
 */
public final class ScriptedFacilitator implements Facilitator {

	/** Who pays. */
	public static final String PAYER = "GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG";

	private static final Duration HOLD = Duration.ofMinutes(15);

	private final SupportedResponse supported;

	private final List<PaymentRequirements> settled = new CopyOnWriteArrayList<>();

	private final AtomicInteger transactions = new AtomicInteger();

	/** The commitments of payments that are held, by their identifiers. */
	private final Map<String, String> holds = new ConcurrentHashMap<>();

	private volatile Script script = Script.APPROVE;

	private volatile boolean anyKind;

	private ScriptedFacilitator(SupportedResponse supported) {
		this.supported = supported;
	}

	/**
	 * Create a facilitator of the {@code session} scheme on the Stellar test network.
	 * @return a facilitator that approves
	 */
	public static ScriptedFacilitator create() {
		return of(CommonTerms.DEFAULT_SCHEME, CommonTerms.DEFAULT_NETWORK);
	}

	/**
	 * Create a facilitator of one kind of payment.
	 * @param scheme the payment scheme
	 * @param network the network as a CAIP-2 id
	 * @return a facilitator that approves
	 */
	public static ScriptedFacilitator of(String scheme, String network) {
		return new ScriptedFacilitator(
				new SupportedResponse(List.of(new SupportedKind(2, scheme, network, Map.of())), List.of(), Map.of()));
	}

	/**
	 * Create a facilitator of the {@code session} scheme on the Stellar test network that
	 * answers with a commitment where a server asks for that.
	 * @return a facilitator that approves
	 */
	public static ScriptedFacilitator deferring() {
		return new ScriptedFacilitator(new SupportedResponse(List.of(new SupportedKind(2, CommonTerms.DEFAULT_SCHEME,
				CommonTerms.DEFAULT_NETWORK, Map.of("deferred", true))), List.of(), Map.of()));
	}

	/**
	 * Create a facilitator that is {@link #deferring()}, honours payment identifiers and
	 * holds what a stream may cost, for a quarter of an hour.
	 * @return a facilitator that approves
	 */
	public static ScriptedFacilitator holding() {
		return new ScriptedFacilitator(
				new SupportedResponse(
						List.of(new SupportedKind(2, CommonTerms.DEFAULT_SCHEME, CommonTerms.DEFAULT_NETWORK,
								Map.of("deferred", true, "holds", true))),
						List.of(PaymentIdentifier.EXTENSION), Map.of()));
	}

	/**
	 * Create a facilitator of every kind of payment that is asked for.
	 * @return a facilitator that approves
	 */
	public static ScriptedFacilitator ofAnyKind() {
		ScriptedFacilitator facilitator = create();
		facilitator.anyKind = true;
		return facilitator;
	}

	/** Approve of everything from now on. */
	public void approve() {
		this.script = Script.APPROVE;
	}

	/**
	 * Refuse payments when they are verified.
	 * @param reason the reason on the wire, such as {@code cap_exceeded}
	 */
	public void refuse(String reason) {
		this.script = new Script(reason, null, false, false, Duration.ZERO);
	}

	/**
	 * Verify payments, but refuse to settle them.
	 * @param reason the reason on the wire, such as {@code cap_exceeded}
	 */
	public void refuseToSettle(String reason) {
		this.script = new Script(null, reason, false, false, Duration.ZERO);
	}

	/** Be out of reach: nothing is verified and nothing settled. */
	public void fail() {
		this.script = new Script(null, null, true, false, Duration.ZERO);
	}

	/** Settle, but lose the answer: the outcome is unknown to the server. */
	public void forget() {
		this.script = new Script(null, null, false, true, Duration.ZERO);
	}

	/**
	 * Approve, but take a time to settle.
	 * @param time how long a settlement takes
	 */
	public void delay(Duration time) {
		this.script = new Script(null, null, false, false, time);
	}

	/** Approve again and remember nothing. */
	public void reset() {
		approve();
		this.settled.clear();
		this.holds.clear();
	}

	/**
	 * Return what was settled so far.
	 * @return the terms of each settlement, with the amount that was charged, in order
	 */
	public List<PaymentRequirements> settled() {
		return List.copyOf(this.settled);
	}

	/**
	 * Return how many payments are held, and neither settled nor released.
	 * @return the number
	 */
	public int held() {
		return this.holds.size();
	}

	@Override
	public SupportedResponse supported() {
		return this.supported;
	}

	@Override
	public Optional<FacilitatedKind> find(String scheme, String network) {
		return this.anyKind
				? Optional.of(new FacilitatedKind(new SupportedKind(2, scheme, network, Map.of()), List.of(), this))
				: Facilitator.super.find(scheme, network);
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		Script now = script(request);
		now.requireReachable();
		return new VerifyResponse(now.refusal() == null, now.refusal(), null, payer(request), null);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		Script now = script(request);
		now.requireReachable();
		now.await();
		PaymentRequirements asked = request.paymentRequirements();
		if (now.settleRefusal() != null) {
			return SettleResponse.failure(now.settleRefusal(), null, asked.network());
		}
		this.settled.add(asked);
		if (now.forgets()) {
			throw new FacilitatorUnavailableException("the scripted facilitator has lost its answer", null);
		}
		String held = this.holds.remove(identifier(request).orElse(""));
		return success(request, (held != null) ? held : next(isCommittedTo(asked)), null);
	}

	/** A payment that brings a script of its own is under that. */
	private Script script(FacilitatorRequest request) {
		PaymentScript own = PaymentScript.of(request.paymentPayload());
		if (own.fate() == null) {
			return this.script;
		}
		return switch (own.fate()) {
			case REFUSED -> new Script(own.reason(), null, false, false, Duration.ZERO);
			case UNSETTLED -> new Script(null, own.reason(), false, false, Duration.ZERO);
			case UNREACHABLE -> new Script(null, null, true, false, Duration.ZERO);
			case LOST -> new Script(null, null, false, true, Duration.ZERO);
		};
	}

	private static String payer(FacilitatorRequest request) {
		return PaymentScript.of(request.paymentPayload()).payerOr(PAYER);
	}

	private String next(boolean commitment) {
		return String.format(commitment ? "cmt_%022x" : "%064x", this.transactions.incrementAndGet());
	}

	private static SettleResponse success(FacilitatorRequest request, String transaction,
			@Nullable Map<String, @Nullable Object> extensions) {
		PaymentRequirements asked = request.paymentRequirements();
		return new SettleResponse(true, null, null, payer(request), transaction, asked.network(), asked.amount(),
				extensions);
	}

	private static Optional<String> identifier(FacilitatorRequest request) {
		return PaymentIdentifier.of(request.paymentPayload()).map(PaymentIdentifier::id);
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		Script now = script(request);
		now.requireReachable();
		PaymentRequirements asked = request.paymentRequirements();
		Optional<String> identifier = identifier(request);
		if (now.settleRefusal() != null) {
			return SettleResponse.failure(now.settleRefusal(), null, asked.network());
		}
		if (identifier.isEmpty() || !isHeld(asked)) {
			return Facilitator.super.hold(request);
		}
		String commitment = this.holds.computeIfAbsent(identifier.get(), (id) -> next(true));
		return success(request, commitment,
				Map.of(SessionScheme.NAME, Map.of(SessionScheme.SETTLEMENT, SessionScheme.HELD, "commitment",
						commitment, SessionScheme.HELD_UNTIL, Instant.now().plus(HOLD).getEpochSecond())));
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		identifier(request).ifPresent(this.holds::remove);
		return success(request, "", null);
	}

	private boolean isHeld(PaymentRequirements asked) {
		return isCommittedTo(asked)
				&& this.supported.kinds().stream().anyMatch(PaymentScheme.of(asked.scheme()).deferral()::isHoldOffered);
	}

	private boolean isCommittedTo(PaymentRequirements asked) {
		Deferral deferral = PaymentScheme.of(asked.scheme()).deferral();
		return deferral.isAsked(asked) && this.supported.kinds().stream().anyMatch(deferral::isOffered);
	}

	private record Script(@Nullable String refusal, @Nullable String settleRefusal, boolean unreachable,
			boolean forgets, Duration delay) {

		static final Script APPROVE = new Script(null, null, false, false, Duration.ZERO);

		void requireReachable() {
			if (this.unreachable) {
				throw FacilitatorUnavailableException.unsent("the scripted facilitator is out of reach", null);
			}
		}

		void await() {
			try {
				Thread.sleep(this.delay.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new FacilitatorUnavailableException("the scripted facilitator was interrupted", ex);
			}
		}

	}

}
