package io.github.x402sessions.facilitator.config;

import org.jspecify.annotations.Nullable;

/**
 * The service that keeps a key and signs.
 *
 * @param remote a service that signs; absent where none does
 */
public record SignerProperties(@Nullable RemoteSignerProperties remote) {
}
