/**
 * The contract host for Stellar Asset Contracts: storage with footprints, authorization,
 * allowances, balances, events and diagnostics. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.contract;

import org.jspecify.annotations.NullMarked;
