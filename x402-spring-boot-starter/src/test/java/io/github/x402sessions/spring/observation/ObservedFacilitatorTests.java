package io.github.x402sessions.spring.observation;

import java.util.Map;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
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

	@ParameterizedTest
	@CsvSource({ "true, , held", "false, not_held, not_held", "false, cap_exceeded, refused", "false, , refused" })
	void whatIsRefusedIsNotSettledAsEver(boolean success, String reason, String outcome) {
		Facilitator facilitator = mock(Facilitator.class);
		given(facilitator.hold(REQUEST))
			.willReturn(new SettleResponse(success, reason, null, null, "", "stellar:testnet", null, null));
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		new ObservedFacilitator(facilitator, new Observations(registry, null)).hold(REQUEST);
		assertThat(meters.get("x402.hold").timer().getId().getTag("outcome")).isEqualTo(outcome);
	}

}
