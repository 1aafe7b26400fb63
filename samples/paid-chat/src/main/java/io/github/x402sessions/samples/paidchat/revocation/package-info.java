/**
 * Takes approvals back for people who end a session.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.revocation;

import org.jspecify.annotations.NullMarked;
