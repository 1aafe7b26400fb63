package io.github.x402sessions.webflux.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.PricedHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.util.function.SingletonSupplier;
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

	private final ConfigurableApplicationContext context;

	private final BeanTypes types;

	private final Supplier<List<HandlerMapping>> mappings;

	private final Supplier<List<HandlerMapping>> mappingsOfMethods;

	/**
	 * Create the handlers; the mappings are first asked for with the first use.
	 * @param context has the mappings
	 * @param types the classes of all beans
	 */
	public ReactiveHandlers(ConfigurableApplicationContext context, BeanTypes types) {
		this.context = context;
		this.types = types;
		this.mappings = SingletonSupplier.of(this::findMappings);
		this.mappingsOfMethods = SingletonSupplier.of(this::findMappingsOfMethods);
	}

	private List<HandlerMapping> findMappings() {
		List<HandlerMapping> found = new ArrayList<>(
				BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, HandlerMapping.class, true, false)
					.values());
		AnnotationAwareOrderComparator.sort(found);
		return List.copyOf(found);
	}

	/** Up to the last one that maps methods. */
	private List<HandlerMapping> findMappingsOfMethods() {
		List<HandlerMapping> all = mappings();
		int end = all.size();
		while (end > 0 && !(all.get(end - 1) instanceof RequestMappingInfoHandlerMapping)) {
			end--;
		}
		return all.subList(0, end);
	}

	List<HandlerMapping> mappings() {
		return this.mappings.get();
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
		List<HandlerMapping> asked = this.mappingsOfMethods.get();
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
		for (HandlerMapping mapping : this.mappingsOfMethods.get()) {
			if (mapping instanceof RequestMappingInfoHandlerMapping mapped) {
				mapped.getHandlerMethods().forEach(methods::putIfAbsent);
			}
		}
		return methods;
	}

	/** Return the method that will run when a handler is called. */
	PricedHandler implementation(HandlerMethod handler) {
		Object bean = handler.getBean();
		Class<?> type = (bean instanceof String name) ? this.types.target(name, handler.getBeanType())
				: AopProxyUtils.ultimateTargetClass(bean);
		return new PricedHandler(type, AopUtils.getMostSpecificMethod(handler.getMethod(), type));
	}

}
