package io.github.x402sessions.facilitator.deferred;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.facilitator.config.DeferredProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.fixtures.CapturedLog;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeferredConfiguration}: who has agreed to wait.
 */
class DeferredConfigurationTests {

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	@Test
	void allThatAreListedAreNobodyWhereNoneIsAndTheOperatorIsTold() {
		try (CapturedLog log = CapturedLog.of(DeferredConfiguration.class, Level.WARN)) {
			assertThat(recipients(Map.of("deferred.recipients", "*", "recipients", MERCHANT)))
				.containsExactly(MERCHANT);
			assertThat(recipients(Map.of("deferred.recipients", MERCHANT))).containsExactly(MERCHANT);
			assertThat(recipients(Map.of("deferred.enabled", "false", "deferred.recipients", "*"))).isEmpty();
			assertThat(log.messages()).isEmpty();
			assertThat(recipients(Map.of("deferred.recipients", "*"))).isEmpty();
			assertThat(log.messages()).isEqualTo(List.of("facilitator.deferred.recipients is *, and neither "
					+ "facilitator.recipients nor a key lists one: payments for others than merchants settle at once"));
		}
	}

	private static Set<String> recipients(Map<String, String> settings) {
		Map<String, String> properties = new HashMap<>(
				Map.of("facilitator.deferred.enabled", "true", "facilitator.access.mode", "open", "facilitator.secret",
						"SAAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQC5MY"));
		settings.forEach((name, value) -> properties.put("facilitator." + name, value));
		Binder binder = new Binder(new MapConfigurationPropertySource(properties));
		return DeferredConfiguration.recipients(binder.bindOrCreate("facilitator", FacilitatorProperties.class),
				binder.bindOrCreate("facilitator.deferred", DeferredProperties.class));
	}

}
