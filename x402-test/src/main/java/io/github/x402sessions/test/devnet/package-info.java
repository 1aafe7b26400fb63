/**
 * A local ledger for a facilitator under test.
 */
@NullMarked
package io.github.x402sessions.test.devnet;

import org.jspecify.annotations.NullMarked;
