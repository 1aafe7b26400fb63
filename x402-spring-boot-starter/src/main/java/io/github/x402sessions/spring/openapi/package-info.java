/**
 * Prices in springdoc's OpenAPI.
 */
@NullMarked
package io.github.x402sessions.spring.openapi;

import org.jspecify.annotations.NullMarked;
