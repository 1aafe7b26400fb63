package io.github.x402sessions.spring.webmvc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.x402sessions.spring.route.BeanTypes;
import io.github.x402sessions.spring.route.PricedHandler;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.util.function.SingletonSupplier;
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

	private final ConfigurableApplicationContext context;

	private final BeanTypes types;

	private final Supplier<List<HandlerMapping>> mappings;

	private final Supplier<List<HandlerMapping>> mappingsOfMethods;

	public ControllerMethods(ConfigurableApplicationContext context, BeanTypes types) {
		this.context = context;
		this.types = types;
		this.mappings = SingletonSupplier.of(this::findMappings);
		this.mappingsOfMethods = SingletonSupplier.of(this::findMappingsOfMethods);
	}

	/** Return all mappings in the order that the dispatcher asks them in. */
	List<HandlerMapping> mappings() {
		return this.mappings.get();
	}

	/** Return the mappings up to the last one that maps methods. */
	List<HandlerMapping> mappingsOfMethods() {
		return this.mappingsOfMethods.get();
	}

	private List<HandlerMapping> findMappings() {
		List<HandlerMapping> found = new ArrayList<>(
				BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, HandlerMapping.class, true, false)
					.values());
		AnnotationAwareOrderComparator.sort(found);
		return List.copyOf(found);
	}

	private List<HandlerMapping> findMappingsOfMethods() {
		List<HandlerMapping> all = mappings();
		int end = all.size();
		while (end > 0 && !(all.get(end - 1) instanceof RequestMappingInfoHandlerMapping)) {
			end--;
		}
		return all.subList(0, end);
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
		Object bean = handler.getBean();
		Class<?> type = (bean instanceof String name) ? this.types.target(name, handler.getBeanType())
				: AopProxyUtils.ultimateTargetClass(bean);
		return new PricedHandler(type, AopUtils.getMostSpecificMethod(handler.getMethod(), type));
	}

}
