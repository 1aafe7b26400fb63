package io.github.x402sessions.webflux.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.OrderedMappings;
import io.github.x402sessions.spring.route.PricedHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * The handlers behind an application's mappings: which of them an exchange will reach,
 * and the methods as they were written. Creates no beans that are not there yet but the
 * mappings. Thread-safe.
 */
public final class ReactiveHandlers {

	private final BeanTypes types;

	private final OrderedMappings<HandlerMapping> mappings;

	/**
	 * Create the handlers; the mappings are first asked for with the first use.
	 * @param context has the mappings
	 * @param types the classes of all beans
	 */
	public ReactiveHandlers(ConfigurableApplicationContext context, BeanTypes types) {
		this.types = types;
		this.mappings = new OrderedMappings<>(context, HandlerMapping.class, RequestMappingInfoHandlerMapping.class);
	}

	List<HandlerMapping> mappings() {
		return this.mappings.all();
	}

	/**
	 * Tell whether the case of a path's letters matters to all mappings.
	 * @return whether it does
	 */
	public boolean isCaseSensitive() {
		return mappings().stream()
			.filter(AbstractHandlerMapping.class::isInstance)
			.map(AbstractHandlerMapping.class::cast)
			.allMatch((mapping) -> mapping.getPathPatternParser().isCaseSensitive());
	}

	/**
	 * Find the method that an exchange will reach, as the dispatcher will do later. Where
	 * a mapping fails the dispatcher meets the same failure, and runs nothing.
	 */
	Mono<HandlerMethod> find(ServerWebExchange exchange) {
		List<HandlerMapping> asked = this.mappings.upToMethods();
		if (asked.isEmpty()) {
			return Mono.empty();
		}
		ProbeExchange probe = new ProbeExchange(exchange);
		return Flux.fromIterable(asked)
			.concatMap((mapping) -> mapping.getHandler(probe))
			.next()
			.onErrorResume((failure) -> Mono.empty())
			.ofType(HandlerMethod.class);
	}

	/** Return all mapped methods. */
	Map<RequestMappingInfo, HandlerMethod> methods() {
		Map<RequestMappingInfo, HandlerMethod> methods = new LinkedHashMap<>();
		for (HandlerMapping mapping : this.mappings.upToMethods()) {
			if (mapping instanceof RequestMappingInfoHandlerMapping mapped) {
				mapped.getHandlerMethods().forEach(methods::putIfAbsent);
			}
		}
		return methods;
	}

	/** Return the method that will run when a handler is called. */
	PricedHandler implementation(HandlerMethod handler) {
		return PricedHandler.of(handler, this.types);
	}

}
