package io.github.x402sessions.spring.route;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;

import io.github.x402sessions.spring.X402Price;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * A handler method of one controller as it was written, not as a proxy shows it. Two
 * controllers that inherit the same method have two of these.
 *
 * @param type the controller's class
 * @param method the method that runs
 */
public record PricedHandler(Class<?> type, Method method) {

	/**
	 * Return the method that will run when a handler is called.
	 * @param handler what a mapping has found
	 * @param types the classes of all beans
	 * @return the method as it was written
	 */
	public static PricedHandler of(HandlerMethod handler, BeanTypes types) {
		Object bean = handler.getBean();
		Class<?> type = (bean instanceof String name) ? types.target(name, handler.getBeanType())
				: AopProxyUtils.ultimateTargetClass(bean);
		return new PricedHandler(type, AopUtils.getMostSpecificMethod(handler.getMethod(), type));
	}

	/**
	 * Find the price: the method's own, that of the method which it implements, or that
	 * of the class.
	 * @param mapped the method that the mapping knows, of an interface perhaps
	 * @return the annotation, or {@code null} if the method is free
	 */
	public @Nullable X402Price price(Method mapped) {
		X402Price own = annotation(this.method);
		if (own == null) {
			own = annotation(mapped);
		}
		return (own != null) ? own : annotation(this.type);
	}

	public static @Nullable X402Price annotation(AnnotatedElement element) {
		return AnnotatedElementUtils.findMergedAnnotation(element, X402Price.class);
	}

	public String place() {
		return "@X402Price on " + this.type.getName() + "#" + this.method.getName();
	}

}
