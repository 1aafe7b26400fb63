package io.github.x402sessions.spring.webmvc;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Allows browsers of other origins to read what the payment filter answers, as far as
 * they may read the handler's own answer: by the handler's {@code @CrossOrigin} and
 * Spring MVC's CORS mappings, which otherwise count only once the handler is reached. A
 * request of an origin that may not ask is refused here, uncharged. Where another filter
 * has done this before, such as Spring Security's, nothing changes.
 */
public final class HandlerCorsFilter extends OncePerRequestFilter {

	private final CorsProcessor processor = new DefaultCorsProcessor();

	private final ControllerMethods methods;

	private final HandlerLookup lookup;

	public HandlerCorsFilter(ControllerMethods methods, HandlerLookup lookup) {
		this.methods = methods;
		this.lookup = lookup;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (CorsUtils.isCorsRequest(request) && !CorsUtils.isPreFlightRequest(request)) {
			CorsConfiguration configuration = configuration(request);
			if (configuration != null && !this.processor.processRequest(configuration, request, response)) {
				return;
			}
		}
		chain.doFilter(request, response);
	}

	private @Nullable CorsConfiguration configuration(HttpServletRequest request) {
		ProbeRequest probe = new ProbeRequest(request);
		HandlerExecutionChain handler = this.lookup.find(request, probe, this.methods.mappings());
		if (handler == null) {
			return null;
		}
		for (HandlerInterceptor interceptor : handler.getInterceptorList()) {
			// The mapping puts what it knows in front of the handler.
			if (interceptor instanceof CorsConfigurationSource source) {
				return source.getCorsConfiguration(probe);
			}
		}
		return null;
	}

}
