package io.github.x402sessions.samples.paidchat.embedded;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What can be set about the embedded default.
 *
 * @param devnetPort port of the ledger's JSON-RPC; 0 for any free one
 * @param ledgerInterval time between ledgers
 * @param facilitatorPort port of the facilitator; 0 for any free one
 * @param payTo account that is paid, or {@code null} for a new one
 * @param facilitator the rest of {@code facilitator.*}, which is passed on
 */
record EmbeddedSettings(int devnetPort, Duration ledgerInterval, int facilitatorPort, @Nullable String payTo,
		Map<String, String> facilitator) {

	static EmbeddedSettings of(Environment environment) {
		Binder binder = Binder.get(environment);
		Map<String, String> facilitator = new LinkedHashMap<>(
				binder.bind("facilitator", Bindable.mapOf(String.class, String.class)).orElse(Map.of()));
		facilitator.remove("port");
		return new EmbeddedSettings(binder.bind("devnet.port", Integer.class).orElse(8000),
				binder.bind("devnet.ledger-interval", Duration.class).orElse(Duration.ofSeconds(5)),
				binder.bind("facilitator.port", Integer.class).orElse(4021),
				binder.bind("x402.pay-to", String.class).orElse(null), facilitator);
	}

}
