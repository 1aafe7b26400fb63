package io.github.x402sessions.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * The methods behind an application's handler mappings, as they were written: not those
 * of a proxy or an interface in front of them. Creates no beans that are not there yet
 * but the mappings. Thread-safe.
 */
final class ControllerMethods {

	private final ConfigurableApplicationContext context;

	private final Supplier<List<AbstractHandlerMapping>> mappings;

	ControllerMethods(ConfigurableApplicationContext context) {
		this.context = context;
		this.mappings = SingletonSupplier.of(this::findMappings);
	}

	/**
	 * Return all mappings to methods and functions in the order that the dispatcher asks
	 * them in.
	 */
	List<AbstractHandlerMapping> mappings() {
		return this.mappings.get();
	}

	private List<AbstractHandlerMapping> findMappings() {
		List<AbstractHandlerMapping> found = new ArrayList<>();
		found.addAll(beans(RequestMappingInfoHandlerMapping.class));
		found.addAll(beans(RouterFunctionMapping.class));
		AnnotationAwareOrderComparator.sort(found);
		return List.copyOf(found);
	}

	private <T> Collection<T> beans(Class<T> type) {
		return BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, type, true, false).values();
	}

	/** Return all mapped methods. */
	Map<RequestMappingInfo, HandlerMethod> handlers() {
		Map<RequestMappingInfo, HandlerMethod> handlers = new LinkedHashMap<>();
		for (AbstractHandlerMapping mapping : mappings()) {
			if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
				methods.getHandlerMethods().forEach(handlers::putIfAbsent);
			}
		}
		return handlers;
	}

	/** Return the method that will run when a handler is called. */
	PricedHandler implementation(HandlerMethod handler) {
		Object bean = handler.getBean();
		Class<?> type = (bean instanceof String name) ? targetClass(name, handler.getBeanType())
				: AopProxyUtils.ultimateTargetClass(bean);
		return new PricedHandler(type, AopUtils.getMostSpecificMethod(handler.getMethod(), type));
	}

	/** Find methods of all beans that are controllers. */
	List<PricedHandler> ofControllers(Predicate<Method> filter) {
		List<PricedHandler> found = new ArrayList<>();
		for (Class<?> type : controllers((controller) -> true)) {
			MethodIntrospector.selectMethods(type, filter::test)
				.forEach((method) -> found.add(new PricedHandler(type, method)));
		}
		return found;
	}

	/** Find the classes of all beans that are controllers. */
	Set<Class<?>> controllers(Predicate<Class<?>> filter) {
		Set<Class<?>> found = new LinkedHashSet<>();
		for (String name : this.context.getBeanDefinitionNames()) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : this.context.getType(name, false);
			if (type != null && AnnotatedElementUtils.hasAnnotation(type, Controller.class)) {
				Class<?> target = targetClass(name, type);
				if (filter.test(target)) {
					found.add(target);
				}
			}
		}
		return found;
	}

	private Class<?> targetClass(String name, Class<?> type) {
		ConfigurableListableBeanFactory factory = this.context.getBeanFactory();
		if (factory.containsSingleton(name) && factory.isSingleton(name)) {
			return AopProxyUtils.ultimateTargetClass(factory.getBean(name));
		}
		Class<?> target = factory.containsBeanDefinition(name) ? AutoProxyUtils.determineTargetClass(factory, name)
				: null;
		return ClassUtils.getUserClass((target != null) ? target : type);
	}

}
