/**
 * Payment identifiers and what they have bought, for clients that ask again.
 */
@NullMarked
package io.github.x402sessions.core.purchase;

import org.jspecify.annotations.NullMarked;
