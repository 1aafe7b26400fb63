/**
 * Pages and words for whom the application runs on a ledger of its own.
 */
@NullMarked
package io.github.x402sessions.samples.paidchat.embedded;

import org.jspecify.annotations.NullMarked;
