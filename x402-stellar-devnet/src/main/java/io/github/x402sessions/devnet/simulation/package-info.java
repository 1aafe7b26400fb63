/**
 * Dry runs of contract calls: footprint, resources, fee and authorization of a
 * transaction to be. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.simulation;

import org.jspecify.annotations.NullMarked;
