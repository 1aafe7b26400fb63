package io.github.x402sessions.test;

import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.servlet.PaymentFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Pays in a servlet application for requests that {@link MockPayment} or
 * {@link WithPayment} has told to.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(PaymentFilter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class PayingTestConfiguration {

	@Bean
	StandingPayment x402StandingPayment() {
		return new StandingPayment();
	}

	/** Just in front of the payment filter, so that it sees who asks. */
	@Bean
	FilterRegistrationBean<PayingTestFilter> x402PayingTestFilter(StandingPayment standing,
			ObjectProvider<FilterRegistrationBean<PaymentFilter>> registrations,
			ObjectProvider<PaymentFilter> filters) {
		FilterRegistrationBean<PayingTestFilter> registration = new FilterRegistrationBean<>(
				new PayingTestFilter(() -> payments(registrations, filters), standing));
		registrations.stream()
			.mapToInt(FilterRegistrationBean::getOrder)
			.min()
			.ifPresent((order) -> registration.setOrder(order - 1));
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		return registration;
	}

	/** Where nothing is charged, there is none. */
	private static Optional<Filter> payments(ObjectProvider<FilterRegistrationBean<PaymentFilter>> registrations,
			ObjectProvider<PaymentFilter> filters) {
		return Stream
			.concat(registrations.stream()
				.flatMap((registration) -> Optional.ofNullable(registration.getFilter()).stream()), filters.stream())
			.map(Filter.class::cast)
			.findFirst();
	}

}
