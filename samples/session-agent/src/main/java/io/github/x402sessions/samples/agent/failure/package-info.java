/**
 * Failures that end a run before its first call: a wrong option (exit code 2), no session
 * (3).
 */
@NullMarked
package io.github.x402sessions.samples.agent.failure;

import org.jspecify.annotations.NullMarked;
