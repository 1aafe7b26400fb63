/**
 * Costs of a transaction: the resource fee schedule and rent. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.fee;

import org.jspecify.annotations.NullMarked;
