/**
 * Opening a session, resuming what was interrupted, and taking the allowance back: the
 * plan, the steps and what can go wrong.
 */
@NullMarked
package io.github.x402sessions.client.opening;

import org.jspecify.annotations.NullMarked;
