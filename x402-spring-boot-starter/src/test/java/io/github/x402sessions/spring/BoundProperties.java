package io.github.x402sessions.spring;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * Properties as an application would bind them.
 */
public final class BoundProperties {

	public static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	private BoundProperties() {
	}

	public static X402Properties of(String... pairs) {
		Map<String, String> values = new HashMap<>();
		for (String pair : pairs) {
			values.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
		}
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("x402", X402Properties.class);
	}

}
