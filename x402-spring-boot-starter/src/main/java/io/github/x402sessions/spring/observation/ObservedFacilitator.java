package io.github.x402sessions.spring.observation;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * Observes verifications and holds as children of the request's own observation.
 * Settlements run on other threads too and are observed by
 * {@link SettlementObservations}.
 */
final class ObservedFacilitator extends DelegatingFacilitator {

	private final Facilitator delegate;

	private final Observations observations;

	/** Those that the other facilitator stands for. */
	private final Map<Facilitator, Facilitator> found = new ConcurrentHashMap<>();

	ObservedFacilitator(Facilitator delegate, Observations observations) {
		this.delegate = delegate;
		this.observations = observations;
	}

	@Override
	protected Facilitator delegate() {
		return this.delegate;
	}

	@Override
	public Optional<FacilitatedKind> find(String scheme, String network) {
		return this.delegate.find(scheme, network)
			.map((kind) -> new FacilitatedKind(kind.kind(), kind.extensions(), observed(kind.facilitator())));
	}

	private Facilitator observed(Facilitator facilitator) {
		return this.found.computeIfAbsent(facilitator, (added) -> new ObservedFacilitator(added, this.observations));
	}

	@Override
	protected VerifyResponse verifying(FacilitatorRequest request, Supplier<VerifyResponse> call) {
		return observe(PaymentObservationDocumentation.VERIFY, request, call,
				(answer) -> answer.isValid() ? PaymentOutcome.VERIFIED : PaymentOutcome.REFUSED);
	}

	@Override
	protected SettleResponse holding(FacilitatorRequest request, Supplier<SettleResponse> call) {
		return observe(PaymentObservationDocumentation.HOLD, request, call, ObservedFacilitator::held);
	}

	private static PaymentOutcome held(SettleResponse answer) {
		if (answer.success()) {
			return PaymentOutcome.HELD;
		}
		return NOT_HELD.equals(answer.errorReason()) ? PaymentOutcome.NOT_HELD : PaymentOutcome.REFUSED;
	}

	private <T> T observe(PaymentObservationDocumentation kind, FacilitatorRequest request, Supplier<T> call,
			Function<T, PaymentOutcome> outcomes) {
		PaymentRequirements asked = request.paymentRequirements();
		PaymentObservationContext context = new PaymentObservationContext(null).kind(asked.scheme(), asked.network());
		return this.observations.of(kind, context).observe(() -> {
			PaymentOutcome outcome = PaymentOutcome.FAILED;
			try {
				T answer = call.get();
				outcome = outcomes.apply(answer);
				return answer;
			}
			finally {
				context.outcome(outcome);
			}
		});
	}

}
