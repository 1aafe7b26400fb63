package io.github.x402sessions.facilitator.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what recipients see of their books.
 *
 * @param page whether the page {@code /books} is served, which shows them to whoever
 * types a recipient's key in
 */
@ConfigurationProperties("facilitator.books")
public record BooksProperties(@DefaultValue("true") boolean page) {
}
