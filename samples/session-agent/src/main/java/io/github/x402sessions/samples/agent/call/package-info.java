/**
 * Paid calls, one after the other, until one is not paid or Ctrl-C.
 */
@NullMarked
package io.github.x402sessions.samples.agent.call;

import org.jspecify.annotations.NullMarked;
