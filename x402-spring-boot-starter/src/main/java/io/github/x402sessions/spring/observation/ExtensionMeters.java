package io.github.x402sessions.spring.observation;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.facilitator.http.ExtensionListener;
import io.github.x402sessions.core.facilitator.http.ExtensionResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what facilitators say of extensions. A facilitator names them, so only so many
 * names are told apart.
 */
final class ExtensionMeters implements ExtensionListener {

	private static final int MAX_NAMES = 16;

	private final MeterRegistry registry;

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	ExtensionMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void responded(ExtensionResponse response) {
		Counter.builder("x402.extension.responses")
			.description("What facilitators said of the extensions of payments")
			.tag("extension", name(response.extension()))
			.tag("status", response.status().name().toLowerCase(Locale.ROOT))
			.register(this.registry)
			.increment();
	}

	private String name(String extension) {
		boolean known = this.names.contains(extension) || (this.names.size() < MAX_NAMES && this.names.add(extension));
		return known ? extension : "other";
	}

}
