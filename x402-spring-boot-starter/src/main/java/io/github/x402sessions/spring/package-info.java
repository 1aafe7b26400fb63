/**
 * Charges for the endpoints of a Spring Boot application: put
 * {@link io.github.x402sessions.spring.X402Price} on a handler method or list routes
 * under {@code x402.routes}.
 */
@NullMarked
package io.github.x402sessions.spring;

import org.jspecify.annotations.NullMarked;
