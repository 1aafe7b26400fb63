package io.github.x402sessions.spring.observation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.facilitator.FacilitatedKind;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ObservedFacilitator}.
 */
class ObservedFacilitatorTests {

	private static final PaymentRequirements TERMS = new PaymentRequirements("session", "stellar:testnet", "1", "CA",
			"GA", 300, Map.of());

	private static final FacilitatorRequest REQUEST = FacilitatorRequest
		.of(new PaymentPayload(2, null, TERMS, Map.of(), null), TERMS);

	private final Facilitator facilitator = mock(Facilitator.class);

	@ParameterizedTest
	@CsvSource({ "true, , held", "false, not_held, not_held", "false, cap_exceeded, refused", "false, , refused" })
	void whatIsRefusedIsNotSettledAsEver(boolean success, String reason, String outcome) {
		given(this.facilitator.hold(REQUEST))
			.willReturn(new SettleResponse(success, reason, null, null, "", "stellar:testnet", null, null));
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		new ObservedFacilitator(this.facilitator, new Observations(registry, null)).hold(REQUEST);
		assertThat(meters.get("x402.hold").timer().getId().getTag("outcome")).isEqualTo(outcome);
	}

	@Test
	void whoHandlesAKindIsTheSameOneEachTime() {
		SupportedKind kind = new SupportedKind(2, "session", "stellar:testnet", Map.of());
		given(this.facilitator.find("session", "stellar:testnet"))
			.willReturn(Optional.of(new FacilitatedKind(kind, List.of(), this.facilitator)));
		ObservedFacilitator observed = new ObservedFacilitator(this.facilitator,
				new Observations(ObservationRegistry.create(), null));
		assertThat(observed.find("session", "stellar:testnet").orElseThrow().facilitator())
			.isSameAs(observed.find("session", "stellar:testnet").orElseThrow().facilitator());
	}

}
