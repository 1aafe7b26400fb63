/**
 * Offers and receipts that are signed with {@code x402.signing.key}.
 */
@NullMarked
package io.github.x402sessions.spring.signing;

import org.jspecify.annotations.NullMarked;
