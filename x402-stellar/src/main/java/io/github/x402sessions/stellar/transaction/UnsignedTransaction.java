package io.github.x402sessions.stellar.transaction;

import org.jspecify.annotations.Nullable;

/**
 * A transaction for somebody else to sign.
 *
 * @param hash its hash, 64 hex digits, which signatures do not change; absent where a
 * contract has yet to authorise what is in it
 * @param envelope its envelope's XDR without signatures, base64
 */
public record UnsignedTransaction(@Nullable String hash, String envelope) {
}
