package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.access.RateLimit;
import io.github.x402sessions.facilitator.access.ServerAccess;
import io.github.x402sessions.facilitator.http.BodyFilter;
import io.github.x402sessions.facilitator.http.Door;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Who may ask for what, how often and how much.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebMvcConfigurer {

	private final AccessProperties access;

	AccessConfiguration(FacilitatorProperties properties) {
		this.access = properties.access();
	}

	@Bean
	Door door() {
		return new Door(
				new ServerAccess(this.access.isClosed(), this.access.keys().stream().map(KeyProperties::key).toList()),
				new RateLimit(this.access.registrationLimit()), new RateLimit(this.access.requestLimit()));
	}

	@Bean
	FilterRegistrationBean<BodyFilter> facilitatorBodyFilter(Door door) {
		FilterRegistrationBean<BodyFilter> filter = new FilterRegistrationBean<>(
				new BodyFilter(door, (int) this.access.maxRequestSize().toBytes(), this.access.bodyTimeout()));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return filter;
	}

	/**
	 * Pages may register sessions and look at them; no cookie is ever read. What resource
	 * servers ask is not for pages.
	 */
	@Override
	public void addCorsMappings(CorsRegistry registry) {
		for (String path : new String[] { "/sessions/**", "/supported", "/health" }) {
			registry.addMapping(path)
				.allowedOrigins(this.access.corsOrigins().toArray(String[]::new))
				.allowedMethods("GET", "POST", "DELETE")
				.allowedHeaders("*");
		}
	}

}
