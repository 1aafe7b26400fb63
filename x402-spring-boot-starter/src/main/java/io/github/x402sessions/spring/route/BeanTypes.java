package io.github.x402sessions.spring.route;

import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * The classes of an application's beans as they were written, behind their proxies.
 * Creates no beans. Thread-safe.
 */
public final class BeanTypes {

	private final ConfigurableApplicationContext context;

	public BeanTypes(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public Set<Class<?>> all() {
		Set<Class<?>> found = new LinkedHashSet<>();
		for (String name : this.context.getBeanDefinitionNames()) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : this.context.getType(name, false);
			if (type != null) {
				found.add(target(name, type));
			}
		}
		return found;
	}

	/**
	 * Return the class behind a bean.
	 * @param name the bean's name
	 * @param type its type as far as the factory knows it
	 */
	public Class<?> target(String name, Class<?> type) {
		ConfigurableListableBeanFactory factory = this.context.getBeanFactory();
		if (factory.containsSingleton(name) && factory.isSingleton(name)) {
			return AopProxyUtils.ultimateTargetClass(factory.getBean(name));
		}
		Class<?> target = factory.containsBeanDefinition(name) ? AutoProxyUtils.determineTargetClass(factory, name)
				: null;
		return ClassUtils.getUserClass((target != null) ? target : type);
	}

}
