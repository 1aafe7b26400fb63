/**
 * A local Stellar network for tests and demonstrations:
 * {@link io.github.x402sessions.devnet.StellarDevnet} starts it,
 * {@link io.github.x402sessions.devnet.DevnetCommand} runs it from a shell. The
 * sub-packages are internal, except for {@code junit} and {@code fault}.
 */
@NullMarked
package io.github.x402sessions.devnet;

import org.jspecify.annotations.NullMarked;
