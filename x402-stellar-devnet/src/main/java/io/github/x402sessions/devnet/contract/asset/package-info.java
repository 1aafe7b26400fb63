/**
 * The Stellar Asset Contract: its functions, balances and allowances. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.contract.asset;

import org.jspecify.annotations.NullMarked;
