/**
 * Prepares transfers for people who pay a single call, without a session.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.transfer;

import org.jspecify.annotations.NullMarked;
