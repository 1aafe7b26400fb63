/**
 * Periodic tasks, each in a thread of its own.
 */
@NullMarked
package io.github.x402sessions.facilitator.schedule;

import org.jspecify.annotations.NullMarked;
