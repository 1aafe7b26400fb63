package io.github.x402sessions.mcp.autoconfigure;

import io.github.x402sessions.mcp.PaidTools;
import io.github.x402sessions.spring.observation.Observations;
import io.github.x402sessions.spring.observation.X402ObservationAutoConfiguration;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the observation of calls of
 * priced tools.
 */
@AutoConfiguration(after = { X402McpServerAutoConfiguration.class, X402ObservationAutoConfiguration.class })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ Observations.class, PaidTools.class })
public final class X402ToolObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	ToolObservations x402ToolObservations(Observations observations) {
		return new ToolObservations(observations);
	}

}
