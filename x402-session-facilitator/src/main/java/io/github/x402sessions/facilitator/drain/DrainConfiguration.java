package io.github.x402sessions.facilitator.drain;

import jakarta.servlet.Filter;

import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * The end of this node's work.
 */
@Configuration(proxyBeanMethods = false)
public class DrainConfiguration {

	@Bean
	Drain drain(ApplicationEventPublisher events) {
		return new Drain(events);
	}

	@Bean
	LastCalls lastCalls(Environment environment) {
		return new LastCalls(environment.getProperty("server.shutdown", Shutdown.class, Shutdown.GRACEFUL));
	}

	@Bean
	FilterRegistrationBean<Filter> lastAnswers(LastCalls calls) {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(calls.answers());
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return filter;
	}

}
