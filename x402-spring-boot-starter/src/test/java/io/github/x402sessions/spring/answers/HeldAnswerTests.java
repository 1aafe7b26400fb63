package io.github.x402sessions.spring.answers;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.gate.HoldOutcome;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.payment.Charge;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListeners;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.purchase.IdempotencyDecision;
import io.github.x402sessions.core.purchase.IdempotencyGuard;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.purchase.RepeatableBody;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an instance had held, and died before the first byte left, is owed by nobody:
 * whoever serves the request next charges what that delivers.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
class HeldAnswerTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Duration RETENTION = Duration.ofHours(1);

	private static final BigInteger USED = BigInteger.valueOf(20);

	private static final PricedRoute ROUTE = PricedRoute
		.of("/words",
				PaymentTerms.of("session", "stellar:testnet", Asset.usdc(Network.STELLAR_TESTNET), "0.10",
						"GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG"))
		.withTiming(SettlementTiming.DEFERRED);

	@Parameter
	AnswerPlace.Kind kind;

	private final HoldingFacilitator facilitator = new HoldingFacilitator();

	private AnswerPlace place;

	private Instance dying;

	private Instance other;

	private PaymentPayload payment;

	@BeforeEach
	void open() {
		this.place = AnswerPlace.of(this.kind);
		this.dying = new Instance(this.facilitator, this.place.instance(LEASE, RETENTION));
		this.other = new Instance(this.facilitator, this.place.instance(LEASE, RETENTION));
		PaymentDecision.Challenge challenge = (PaymentDecision.Challenge) this.dying.decide(null);
		this.payment = PaymentIdentifier.random()
			.in(PaymentPayload.of(null, challenge.required().accepts().get(0), Map.of("sessionId", "s")));
	}

	@AfterEach
	void close() {
		this.place.close();
	}

	@Test
	void whoServesItNextChargesWhatIsDelivered() throws Exception {
		this.dying.hold(this.payment);
		endLease();
		IdempotentPurchase refused = this.other.admit(this.payment);
		assertThat(refused.owedAmount()).isNull();
		assertThat(this.other.decide(this.payment)).as("while the hold stands")
			.isInstanceOf(PaymentDecision.IdentifierSpent.class);
		refused.close();
		assertThat(this.facilitator.settled).isEmpty();
		this.facilitator.holders.clear();
		Sale sale = this.other.hold(this.payment);
		assertThat(sale.leaves()).isTrue();
		sale.conclude(USED);
		assertThat(this.facilitator.settled).containsExactly(USED.toString());
	}

	@Test
	void whoStoodStillDeliversNothing() throws Exception {
		Sale frozen = this.dying.hold(this.payment);
		endLease();
		IdempotentPurchase next = this.other.admit(this.payment);
		assertThat(frozen.leaves()).isFalse();
		frozen.conclude(BigInteger.ZERO);
		assertThat(this.facilitator.holders).isEmpty();
		assertThat(this.facilitator.settled).isEmpty();
		next.close();
		Sale sale = this.other.hold(this.payment);
		assertThat(sale.leaves()).isTrue();
		sale.conclude(USED);
		assertThat(this.facilitator.settled).containsExactly(USED.toString());
	}

	@Test
	void whatNeverBeganToLeaveIsFree() throws Exception {
		this.dying.hold(this.payment).conclude(BigInteger.ZERO);
		Sale sale = this.other.hold(this.payment);
		sale.purchase().close();
		IdempotentPurchase next = this.dying.admit(this.payment);
		assertThat(next.owedAmount()).isNull();
		next.close();
	}

	@Test
	void whatBeganToLeaveIsSpent() throws Exception {
		assertThat(this.dying.hold(this.payment).leaves()).isTrue();
		endLease();
		assertThat(this.other.decision(this.payment)).isInstanceOf(IdempotencyDecision.Taken.class);
	}

	private void endLease() {
		this.dying.keys().forEach(this.place::endLease);
	}

	/**
	 * An instance of the shop.
	 *
	 * @param gate asks the facilitator, and alone can end what it has held
	 * @param guard knows what others have sold
	 * @param keys what the identifiers are stored by
	 */
	private record Instance(PaymentGate gate, IdempotencyGuard guard, List<String> keys) {

		Instance(Facilitator facilitator, ResponseStore store) {
			this(facilitator, store, new ArrayList<>());
		}

		private Instance(Facilitator facilitator, ResponseStore store, List<String> keys) {
			this(new PaymentGate(facilitator), new IdempotencyGuard((key, request) -> {
				keys.add(key);
				return store.claim(key, request);
			}), keys);
		}

		PaymentDecision decide(PaymentPayload payment) {
			return this.gate.decide(ROUTE, "https://shop.example/words", payment);
		}

		IdempotencyDecision decision(PaymentPayload payment) throws IOException {
			return this.guard.admit(payment, (accepted) -> "cd".repeat(32), RepeatableBody.NONE);
		}

		IdempotentPurchase admit(PaymentPayload payment) throws IOException {
			return ((IdempotencyDecision.Open) decision(payment)).purchase();
		}

		Sale hold(PaymentPayload payment) throws IOException {
			IdempotentPurchase purchase = admit(payment);
			Charge charge = new Charge(this.gate, Payment.of(ROUTE, (PaymentDecision.Verified) decide(payment)),
					new SettlementListeners(List.of()), purchase);
			purchase.handling();
			return new Sale(charge, purchase, (HoldOutcome.Held) charge.hold());
		}

	}

	/**
	 * A request whose payment is held.
	 *
	 * @param charge its charge
	 * @param purchase its purchase
	 * @param held what is held
	 */
	private record Sale(Charge charge, IdempotentPurchase purchase, HoldOutcome.Held held) {

		/** The first byte may leave. */
		boolean leaves() {
			this.purchase.leaves();
			return this.purchase.leavesInPart();
		}

		void conclude(BigInteger amount) {
			this.charge.concluding(amount);
			this.charge.conclude(this.held, amount);
			this.charge.end();
		}

	}

	/** Holds, and knows who may end a hold. */
	private static final class HoldingFacilitator implements Facilitator {

		/** By identifier. */
		private final Map<String, Object> holders = new HashMap<>();

		private final List<String> settled = new ArrayList<>();

		@Override
		public SupportedResponse supported() {
			return new SupportedResponse(List
				.of(new SupportedKind(2, "session", "stellar:testnet", Map.of("deferred", true, "holds", true))),
					List.of(PaymentIdentifier.EXTENSION), Map.of());
		}

		@Override
		public VerifyResponse verify(FacilitatorRequest request) {
			return isAnothers(request) ? VerifyResponse.invalid("payment_identifier_conflict", null)
					: VerifyResponse.valid("GP");
		}

		private boolean isAnothers(FacilitatorRequest request) {
			return !this.holders.getOrDefault(id(request), holder(request)).equals(holder(request));
		}

		private static String id(FacilitatorRequest request) {
			return PaymentIdentifier.of(request.paymentPayload()).orElseThrow().id();
		}

		private static Object holder(FacilitatorRequest request) {
			return request.paymentRequirements().extra().getOrDefault("holder", "");
		}

		@Override
		public SettleResponse hold(FacilitatorRequest request) {
			if (isAnothers(request)) {
				return conflict();
			}
			this.holders.put(id(request), holder(request));
			return receipt(request,
					Map.of("settlement", "held", "heldUntil", Instant.now().plusSeconds(900).getEpochSecond()));
		}

		@Override
		public SettleResponse settle(FacilitatorRequest request) {
			if (isAnothers(request)) {
				return conflict();
			}
			this.settled.add(request.paymentRequirements().amount());
			return receipt(request, Map.of());
		}

		@Override
		public SettleResponse release(FacilitatorRequest request) {
			if (!isAnothers(request)) {
				this.holders.remove(id(request));
			}
			return receipt(request, Map.of());
		}

		private static SettleResponse conflict() {
			return SettleResponse.failure("payment_identifier_conflict", null, "stellar:testnet");
		}

		private static SettleResponse receipt(FacilitatorRequest request, Map<String, Object> session) {
			return new SettleResponse(true, null, null, "GP", "cmt_%022d".formatted(System.nanoTime()),
					"stellar:testnet", request.paymentRequirements().amount(), Map.of("session", session));
		}

	}

}
