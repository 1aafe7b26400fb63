/**
 * Networks, assets and exact prices.
 */
@NullMarked
package io.github.x402sessions.core.price;

import org.jspecify.annotations.NullMarked;
