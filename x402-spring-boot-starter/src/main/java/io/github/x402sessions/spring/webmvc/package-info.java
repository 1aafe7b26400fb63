/**
 * Prices on controllers, and whatever else Spring MVC serves.
 */
@NullMarked
package io.github.x402sessions.spring.webmvc;

import org.jspecify.annotations.NullMarked;
