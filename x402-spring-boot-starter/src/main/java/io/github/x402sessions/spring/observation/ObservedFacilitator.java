package io.github.x402sessions.spring.observation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;

/**
 * Observes verifications and holds as children of the request's own observation.
 * Settlements run on other threads too and are observed by
 * {@link SettlementObservations}.
 */
final class ObservedFacilitator implements Facilitator {

	private final Facilitator delegate;

	private final Observations observations;

	ObservedFacilitator(Facilitator delegate, Observations observations) {
		this.delegate = delegate;
		this.observations = observations;
	}

	@Override
	public SupportedResponse supported() {
		return this.delegate.supported();
	}

	@Override
	public Optional<FacilitatedKind> find(String scheme, String network) {
		return this.delegate.find(scheme, network)
			.map((found) -> new FacilitatedKind(found.kind(), found.extensions(),
					new ObservedFacilitator(found.facilitator(), this.observations)));
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		return observe(PaymentObservationDocumentation.VERIFY, request, () -> this.delegate.verify(request),
				(answer) -> answer.isValid() ? PaymentOutcome.VERIFIED : PaymentOutcome.REFUSED);
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		return observe(PaymentObservationDocumentation.HOLD, request, () -> this.delegate.hold(request),
				ObservedFacilitator::held);
	}

	private static PaymentOutcome held(SettleResponse answer) {
		if (answer.success()) {
			return PaymentOutcome.HELD;
		}
		return NOT_HELD.equals(answer.errorReason()) ? PaymentOutcome.NOT_HELD : PaymentOutcome.REFUSED;
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		return this.delegate.release(request);
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

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return this.delegate.settle(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request, Duration limit) {
		return this.delegate.settle(request, limit);
	}

	@Override
	public Duration settleTimeout() {
		return this.delegate.settleTimeout();
	}

	@Override
	public Optional<SettlementNotices> notices() {
		return this.delegate.notices();
	}

	@Override
	public SettlementPlaces settlementPlaces() {
		return this.delegate.settlementPlaces();
	}

}
