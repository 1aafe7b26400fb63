/**
 * Contract calls: the host that runs them, its outcome and the text of a failure.
 * Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.contract;

import org.jspecify.annotations.NullMarked;
