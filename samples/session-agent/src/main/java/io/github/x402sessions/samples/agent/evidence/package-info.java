/**
 * What servers have signed, kept in a file and checked again.
 */
@NullMarked
package io.github.x402sessions.samples.agent.evidence;

import org.jspecify.annotations.NullMarked;
