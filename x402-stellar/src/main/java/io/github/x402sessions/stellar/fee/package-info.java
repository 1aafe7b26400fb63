/**
 * What transactions cost, and how accounts are funded.
 */
@NullMarked
package io.github.x402sessions.stellar.fee;

import org.jspecify.annotations.NullMarked;
