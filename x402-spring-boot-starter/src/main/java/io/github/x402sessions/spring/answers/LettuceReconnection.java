package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Lettuce waits up to 30 seconds before it looks for a Redis again that was away, and
 * payments are refused for as long. Where its resources are Spring Boot's they are given
 * a shorter pause, which the application's own customizers come after; where they are
 * not, the log says what they do.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ ClientResources.class, ClientResourcesBuilderCustomizer.class })
class LettuceReconnection {

	private static final Logger logger = LoggerFactory.getLogger(LettuceReconnection.class);

	private static final Duration SHORTEST = Duration.ofMillis(10);

	private static final Duration LONGEST = Duration.ofSeconds(1);

	/** After so many attempts a pause does not grow any more. */
	private static final int MANY = 62;

	@Bean
	@ConditionalOnMissingBean(name = "x402RedisReconnection")
	@Order(Ordered.HIGHEST_PRECEDENCE)
	ClientResourcesBuilderCustomizer x402RedisReconnection() {
		return (resources) -> resources
			.reconnectDelay(Delay.exponential(SHORTEST.toMillis(), LONGEST.toMillis(), TimeUnit.MILLISECONDS, 2));
	}

	@Bean
	@ConditionalOnMissingBean(name = "x402RedisReconnectionCheck")
	SmartInitializingSingleton x402RedisReconnectionCheck(ObjectProvider<LettuceConnectionFactory> connections) {
		return () -> connections.ifUnique((connection) -> check(connection.getClientResources()));
	}

	private static void check(@Nullable ClientResources resources) {
		Duration pause = ((resources != null) ? resources.reconnectDelay() : Delay.exponential()).createDelay(MANY);
		if (pause.compareTo(LONGEST) > 0) {
			logger.warn("After an outage of Redis it may be {} until payments with an identifier are served again: set "
					+ "reconnectDelay of Lettuce's ClientResources to something shorter", pause);
		}
	}

}
