package io.github.x402sessions.facilitator.config;

import java.util.Map;

/**
 * Properties that hold where nothing is configured. It is code and not an
 * {@code application.yml}, because the file of this module would hide that of an
 * application it lives in.
 */
public final class ServerDefaults {

	public static final Map<String, Object> PROPERTIES = Map.ofEntries(Map.entry("server.port", "4021"),
			Map.entry("server.shutdown", "graceful"), Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "60s"),
			Map.entry("spring.main.banner-mode", "off"), Map.entry("spring.web.resources.add-mappings", "false"),
			Map.entry("spring.web.error.include-path", "never"),
			Map.entry("server.tomcat.max-http-form-post-size", "64KB"),
			// What was not read of a refused body is not waited for.
			Map.entry("server.tomcat.max-swallow-size", "0B"),
			Map.entry("spring.mvc.hiddenmethod.filter.enabled", "false"), Map.entry("management.server.port", "4022"),
			Map.entry("management.server.address", "127.0.0.1"),
			Map.entry("management.endpoint.health.probes.enabled", "true"),
			Map.entry("management.endpoint.health.group.readiness.include", "readinessState,books"),
			Map.entry("management.endpoint.health.cache.time-to-live", "5s"),
			// Paths hold session ids, so an access log goes without them.
			Map.entry("server.tomcat.accesslog.pattern", "%h %t %m %s %D"));

	private ServerDefaults() {
	}

}
