package io.github.x402sessions.facilitator.deferred;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Books of what is lent, for whoever serves and for the commands.
 */
@Configuration(proxyBeanMethods = false)
public class LendingConfiguration {

	/** Its rows are locked before those of accounts, as those who commit do. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	DeferredFunding deferredFunding(LendingBooks lending) {
		return new DeferredFunding(lending);
	}

}
