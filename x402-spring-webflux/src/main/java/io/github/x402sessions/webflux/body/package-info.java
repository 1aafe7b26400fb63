/**
 * Bodies of requests that are received before their handlers run.
 */
@NullMarked
package io.github.x402sessions.webflux.body;

import org.jspecify.annotations.NullMarked;
