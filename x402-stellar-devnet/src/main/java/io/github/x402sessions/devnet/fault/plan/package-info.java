/**
 * The faults that are still to happen, as the network asks for them. Internal.
 */
@NullMarked
package io.github.x402sessions.devnet.fault.plan;

import org.jspecify.annotations.NullMarked;
