/**
 * Routes and terms as {@code x402.*} properties state them.
 */
@NullMarked
package io.github.x402sessions.spring.route;

import org.jspecify.annotations.NullMarked;
