package io.github.x402sessions.samples.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Reads what is configured of the embedded default.
 */
final class EmbeddedSettings {

	private EmbeddedSettings() {
	}

	static LocalSettings of(Environment environment) {
		Binder binder = Binder.get(environment);
		Map<String, String> facilitator = new LinkedHashMap<>(
				binder.bind("facilitator", Bindable.mapOf(String.class, String.class)).orElse(Map.of()));
		facilitator.remove("port");
		return new LocalSettings(binder.bind("devnet.port", Integer.class).orElse(8000),
				binder.bind("devnet.ledger-interval", Duration.class).orElse(Duration.ofSeconds(5)),
				binder.bind("facilitator.port", Integer.class).orElse(4021),
				binder.bind("x402.pay-to", String.class).orElse(null), facilitator,
				binder.bind("devnet.https-port", Integer.class).orElse(8001));
	}

}
