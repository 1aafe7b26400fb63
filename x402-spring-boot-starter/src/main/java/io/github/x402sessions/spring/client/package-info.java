/**
 * The outgoing side: calls of this application that pay others.
 */
@NullMarked
package io.github.x402sessions.spring.client;

import org.jspecify.annotations.NullMarked;
