package io.github.x402sessions.spring.free;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.servlet.PaymentFilter;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;

/**
 * Checks that Spring Security's filters stand in front of the payment filter, as Boot
 * registers them: behind it nobody knows yet who calls.
 */
final class FilterOrder {

	/** The name of Spring Security's filter, as a bean and as a filter. */
	private static final String SECURITY = "springSecurityFilterChain";

	private final ListableBeanFactory beans;

	FilterOrder(ListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Check the order. What Boot does not register stands where the application has put
	 * it.
	 * @param place what depends on it, for messages
	 * @throws InvalidX402ConfigurationException if nobody is known in time
	 */
	void check(String place) {
		if (!this.beans.containsBean(SECURITY)) {
			throw new InvalidX402ConfigurationException(place,
					"it is free for some callers, and no filter chain of Spring Security's is there that knows them",
					"Declare a SecurityFilterChain, or leave the condition out.");
		}
		boolean paid = false;
		for (AbstractFilterRegistrationBean<?> filter : inOrder()) {
			paid = paid || (filter instanceof FilterRegistrationBean<?> && filter.getFilter() instanceof PaymentFilter);
			if (paid && SECURITY.equals(filter.getFilterName())) {
				throw new InvalidX402ConfigurationException(place,
						"it is free for some callers, who are not known yet: "
								+ "the payment filter stands in front of Spring Security's",
						"Leave spring.security.filter.order at its default, or set it and the order of your "
								+ "registration of the PaymentFilter so that the PaymentFilter comes behind.");
			}
		}
	}

	private List<AbstractFilterRegistrationBean<?>> inOrder() {
		List<AbstractFilterRegistrationBean<?>> filters = new ArrayList<>();
		new ServletContextInitializerBeans(this.beans).forEach((bean) -> {
			if (bean instanceof AbstractFilterRegistrationBean<?> filter && filter.isEnabled()) {
				filters.add(filter);
			}
		});
		return filters;
	}

}
