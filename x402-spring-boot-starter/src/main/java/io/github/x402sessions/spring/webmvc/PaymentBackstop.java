package io.github.x402sessions.spring.webmvc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.PaymentFilter;
import io.github.x402sessions.servlet.route.AmbiguousPathException;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.spring.route.AnnotatedPrice;
import io.github.x402sessions.spring.route.PropertiesRoutePricing;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.function.HandlerFunction;

/**
 * Refuses to run a priced handler that the {@link PaymentFilter} has not let through, or
 * has let through for another price: a filter behind it may have changed the request.
 * Looks at {@code REQUEST} dispatches only, as the filter does, and answers by itself, so
 * that no exception handler of the application can turn the refusal into something else.
 */
public final class PaymentBackstop implements HandlerInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(PaymentBackstop.class);

	private static final byte[] PROBLEM = """
			{"type":"urn:x402-sessions:problem:payment-bypassed","title":"The payment was not checked","status":500,\
			"detail":"The request was changed after it was priced. The operator of this server has to mend it."}"""
		.getBytes(StandardCharsets.UTF_8);

	private final @Nullable AnnotatedRoutePricing annotations;

	private final @Nullable PropertiesRoutePricing properties;

	private final @Nullable ServletContext servletContext;

	/**
	 * Create a backstop.
	 * @param annotations prices of handler methods, if there are such
	 * @param properties prices of configured routes, if there are such
	 * @param servletContext what the filter stands in front of; a management server has
	 * another one
	 */
	public PaymentBackstop(@Nullable AnnotatedRoutePricing annotations, @Nullable PropertiesRoutePricing properties,
			@Nullable ServletContext servletContext) {
		this.annotations = annotations;
		this.properties = properties;
		this.servletContext = servletContext;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws IOException {
		if (request.getDispatcherType() != DispatcherType.REQUEST
				|| !request.getServletContext().equals(this.servletContext) || isAnsweredPreflight(request, handler)) {
			return true;
		}
		Optional<PricedRoute> unpaid = unpaid(request, handler);
		if (unpaid.isEmpty()) {
			return true;
		}
		logger.error(
				"Refused to run {} for the priced route '{}': the payment filter has not decided on it. Is there "
						+ "a filter behind it that changes the request? It has to stand in front of it.",
				handler, unpaid.get().name());
		refuse(response);
		return false;
	}

	/** Spring answers it from its CORS configuration, and the filter lets no body out. */
	private static boolean isAnsweredPreflight(HttpServletRequest request, Object handler) {
		return CorsUtils.isPreFlightRequest(request) && !(handler instanceof HandlerMethod);
	}

	private Optional<PricedRoute> unpaid(HttpServletRequest request, Object handler) {
		PricedRoute decided = (request.getAttribute(RoutePricing.AUTHORIZED_ROUTE) instanceof PricedRoute route) ? route
				: null;
		if (decided != null && !isOurs(request, decided)) {
			// What a pricing of the application's own has priced is its own decision.
			return Optional.empty();
		}
		if (this.annotations != null && handler instanceof HandlerMethod method) {
			Optional<AnnotatedPrice> price = this.annotations.price(method);
			if (price.isPresent()) {
				return (decided != null && this.annotations.isPricedFor(request, method, price.get(), decided))
						? Optional.empty() : price.map(AnnotatedPrice::route);
			}
		}
		return (this.properties != null) ? unpaid(this.properties, request, handler, decided) : Optional.empty();
	}

	/**
	 * A gateway's handler is a function, and asks for more than the path that is matched.
	 */
	private static Optional<PricedRoute> unpaid(PropertiesRoutePricing pricing, HttpServletRequest request,
			Object handler, @Nullable PricedRoute decided) {
		try {
			Optional<PricedRoute> asked = (handler instanceof HandlerFunction) ? pricing.findForwarded(request)
					: Optional.empty();
			return Stream.of(pricing.find(request), asked)
				.flatMap(Optional::stream)
				.filter((configured) -> !configured.equals(decided))
				.findFirst();
		}
		catch (AmbiguousPathException ex) {
			return Optional.of(ex.route());
		}
	}

	private boolean isOurs(HttpServletRequest request, PricedRoute route) {
		return (this.annotations != null && this.annotations.knows(request, route))
				|| (this.properties != null && this.properties.knows(route));
	}

	private static void refuse(HttpServletResponse response) throws IOException {
		response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
		response.setHeader("Cache-Control", "no-store");
		response.setContentType("application/problem+json");
		response.setContentLength(PROBLEM.length);
		response.getOutputStream().write(PROBLEM);
	}

}
