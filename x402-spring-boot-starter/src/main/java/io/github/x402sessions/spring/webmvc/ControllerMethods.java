package io.github.x402sessions.spring.webmvc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.OrderedMappings;
import io.github.x402sessions.spring.route.PricedHandler;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * The methods behind an application's handler mappings, as they were written: not those
 * of a proxy or an interface in front of them. Creates no beans that are not there yet
 * but the mappings. Thread-safe.
 */
public final class ControllerMethods {

	private final BeanTypes types;

	private final OrderedMappings<HandlerMapping> mappings;

	public ControllerMethods(ConfigurableApplicationContext context, BeanTypes types) {
		this.types = types;
		this.mappings = new OrderedMappings<>(context, HandlerMapping.class, RequestMappingInfoHandlerMapping.class);
	}

	/** Return all mappings in the order that the dispatcher asks them in. */
	List<HandlerMapping> mappings() {
		return this.mappings.all();
	}

	/** Return the mappings up to the last one that maps methods. */
	List<HandlerMapping> mappingsOfMethods() {
		return this.mappings.upToMethods();
	}

	/** Return all mapped methods. */
	Map<RequestMappingInfo, HandlerMethod> handlers() {
		Map<RequestMappingInfo, HandlerMethod> handlers = new LinkedHashMap<>();
		for (HandlerMapping mapping : mappingsOfMethods()) {
			if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
				methods.getHandlerMethods().forEach(handlers::putIfAbsent);
			}
		}
		return handlers;
	}

	/** Return the method that will run when a handler is called. */
	PricedHandler implementation(HandlerMethod handler) {
		return PricedHandler.of(handler, this.types);
	}

}
