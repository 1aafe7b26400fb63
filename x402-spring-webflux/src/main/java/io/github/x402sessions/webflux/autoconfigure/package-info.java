/**
 * Sets all of it up in an application of Spring Boot.
 */
@NullMarked
package io.github.x402sessions.webflux.autoconfigure;

import org.jspecify.annotations.NullMarked;
