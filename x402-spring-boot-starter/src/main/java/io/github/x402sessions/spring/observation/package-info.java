/**
 * Observes payments with Micrometer: what requests for priced routes come to, what
 * verifying and settling take, and what was earned.
 */
@NullMarked
package io.github.x402sessions.spring.observation;

import org.jspecify.annotations.NullMarked;
