/**
 * The surroundings of a running contract: its storage, footprint, events, errors and
 * instructions. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.contract.runtime;

import org.jspecify.annotations.NullMarked;
