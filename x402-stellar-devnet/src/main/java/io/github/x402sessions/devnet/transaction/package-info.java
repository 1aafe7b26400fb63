/**
 * A signed transaction: reading it, the checks it must pass, its operations, its result
 * and its meta. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.transaction;

import org.jspecify.annotations.NullMarked;
