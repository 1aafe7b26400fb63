package io.github.x402sessions.facilitator;

import java.util.Map;

/**
 * What holds where nothing is configured. It is code and not an {@code application.yml},
 * because the file of this module would hide that of an application it lives in.
 */
final class ServerDefaults {

	static final Map<String, Object> PROPERTIES = Map.of("server.port", "4021", "server.shutdown", "graceful",
			"spring.lifecycle.timeout-per-shutdown-phase", "60s", "spring.main.banner-mode", "off",
			"spring.web.resources.add-mappings", "false", "spring.web.error.include-path", "never",
			"server.tomcat.max-http-form-post-size", "64KB", "spring.mvc.hiddenmethod.filter.enabled", "false");

	private ServerDefaults() {
	}

}
