/**
 * Payments in Spring Boot's actuator: an endpoint, a health indicator and a line of
 * information.
 */
@NullMarked
package io.github.x402sessions.spring.actuate;

import org.jspecify.annotations.NullMarked;
