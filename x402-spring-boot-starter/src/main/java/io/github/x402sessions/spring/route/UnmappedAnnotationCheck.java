package io.github.x402sessions.spring.route;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Price;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.util.ReflectionUtils;

/**
 * Fails the start where {@link X402Price} stands on something that no handler mapping
 * runs: it would be free, and nobody would know. An annotation of an interface has effect
 * if a handler takes its price from there; clients that are made of such an interface do
 * no harm.
 */
public final class UnmappedAnnotationCheck {

	private static final String ACTION = "Put it on a handler method of a Spring MVC controller, mapped with "
			+ "@RequestMapping or a variant of it, on the interface too if the bean is a JDK proxy; price anything "
			+ "else by its path, under x402.routes.";

	private final Set<PricedHandler> handlers;

	private final Set<Object> sources = new HashSet<>();

	private final ForeignPrices foreign;

	/**
	 * Create the check.
	 * @param prices all handlers that mappings know, with their prices
	 * @param foreign the prices of what is no handler
	 */
	public UnmappedAnnotationCheck(Map<PricedHandler, Optional<AnnotatedPrice>> prices, ForeignPrices foreign) {
		this.foreign = foreign;
		this.handlers = Set.copyOf(prices.keySet());
		this.handlers.forEach((handler) -> {
			add(handler.method());
			add(handler.type());
		});
	}

	private void add(AnnotatedElement element) {
		Object source = source(element);
		if (source != null) {
			this.sources.add(source);
		}
	}

	/**
	 * Check the annotations of all beans.
	 * @param types the beans' classes
	 * @throws InvalidX402ConfigurationException if one has no effect
	 */
	public void requireAll(Collection<Class<?>> types) {
		types.stream().filter(UnmappedAnnotationCheck::mayBePriced).forEach(this::require);
	}

	/** Spring's own beans carry no prices, and looking at all of them would take time. */
	private static boolean mayBePriced(Class<?> type) {
		return !type.isInterface() && !Proxy.isProxyClass(type)
				&& AnnotationUtils.isCandidateClass(type, X402Price.class)
				&& (!type.getName().startsWith("org.springframework.")
						|| AnnotatedElementUtils.hasAnnotation(type, Component.class));
	}

	private void require(Class<?> type) {
		if (source(type) != null && this.handlers.stream().noneMatch((handler) -> handler.type() == type)
				&& isWithoutEffect(type, type)) {
			throw new InvalidX402ConfigurationException("@X402Price on " + type.getName(),
					"no handler mapping runs a method of this class", ACTION);
		}
		for (Method method : MethodIntrospector.selectMethods(type,
				(ReflectionUtils.MethodFilter) (candidate) -> source(candidate) != null)) {
			PricedHandler handler = new PricedHandler(type, method);
			if (!this.handlers.contains(handler) && isWithoutEffect(type, method)) {
				throw new InvalidX402ConfigurationException(handler.place(), "no handler mapping runs this method",
						ACTION);
			}
		}
	}

	/** Of a controller, every priced method has to be mapped. */
	private boolean isWithoutEffect(Class<?> type, AnnotatedElement element) {
		if (this.foreign.include(element)) {
			return false;
		}
		return AnnotatedElementUtils.hasAnnotation(type, Controller.class) || !this.sources.contains(source(element));
	}

	private static @Nullable Object source(AnnotatedElement element) {
		return MergedAnnotations.from(element, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY)
			.get(X402Price.class)
			.getSource();
	}

}
