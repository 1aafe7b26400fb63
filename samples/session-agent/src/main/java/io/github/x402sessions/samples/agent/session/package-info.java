/**
 * The session that pays: opened with the payer's key, kept in a file of its owner's.
 */
@NullMarked
package io.github.x402sessions.samples.agent.session;

import org.jspecify.annotations.NullMarked;
