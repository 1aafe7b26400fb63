package io.github.x402sessions.facilitator.page;

import io.github.x402sessions.facilitator.config.BooksProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The page of the books, before the routes of the facilitator's calls, which answer to
 * everything.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BooksProperties.class)
public class BooksPageConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnBooleanProperty(name = "facilitator.books.page", matchIfMissing = true)
	RouterFunction<ServerResponse> booksPage() {
		return BooksPage.load().routes();
	}

}
