/**
 * The default without configuration: a ledger and a facilitator in the same process.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.embedded;

import org.jspecify.annotations.NullMarked;
