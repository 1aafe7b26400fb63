package io.github.x402sessions.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
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
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * The methods behind an application's handler mappings, as they were written: not those
 * of a proxy or an interface in front of them. Creates no beans that are not there yet
 * but the mappings. Thread-safe.
 */
final class ControllerMethods {

	private final ConfigurableApplicationContext context;

	private final Supplier<List<RequestMappingInfoHandlerMapping>> mappings;

	ControllerMethods(ConfigurableApplicationContext context) {
		this.context = context;
		this.mappings = SingletonSupplier.of(this::findMappings);
	}

	/** Return all mappings to methods in the order that the dispatcher asks them in. */
	List<RequestMappingInfoHandlerMapping> mappings() {
		return this.mappings.get();
	}

	private List<RequestMappingInfoHandlerMapping> findMappings() {
		List<RequestMappingInfoHandlerMapping> found = new ArrayList<>(BeanFactoryUtils
			.beansOfTypeIncludingAncestors(this.context, RequestMappingInfoHandlerMapping.class, true, false)
			.values());
		AnnotationAwareOrderComparator.sort(found);
		return List.copyOf(found);
	}

	/** Return the method that will run when a handler is called. */
	Method implementation(HandlerMethod handler) {
		Object bean = handler.getBean();
		Class<?> type = (bean instanceof String name) ? targetClass(name, handler.getBeanType())
				: AopProxyUtils.ultimateTargetClass(bean);
		return AopUtils.getMostSpecificMethod(handler.getMethod(), type);
	}

	/** Find methods of all beans that are controllers. */
	List<Method> ofControllers(Predicate<Method> filter) {
		List<Method> found = new ArrayList<>();
		for (String name : this.context.getBeanDefinitionNames()) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : this.context.getType(name, false);
			if (type != null && AnnotatedElementUtils.hasAnnotation(type, Controller.class)) {
				found.addAll(MethodIntrospector.selectMethods(targetClass(name, type), filter::test));
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
