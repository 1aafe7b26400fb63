/**
 * Prices of requests: tables of routes, and pricings of one's own.
 */
@NullMarked
package io.github.x402sessions.servlet.route;

import org.jspecify.annotations.NullMarked;
