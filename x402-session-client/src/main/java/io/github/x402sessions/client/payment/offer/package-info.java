/**
 * What servers have signed, and whether it holds.
 */
@NullMarked
package io.github.x402sessions.client.payment.offer;

import org.jspecify.annotations.NullMarked;
