/**
 * Signed offers and receipts (x402 extension {@code offer-receipt}): a server's signature
 * under its terms and under the receipts of what was paid, in the format {@code jws} with
 * Ed25519 and keys that it publishes as {@code did:web}.
 */
@NullMarked
package io.github.x402sessions.core.offer;

import org.jspecify.annotations.NullMarked;
