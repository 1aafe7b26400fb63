/**
 * What servers say of payments, as it travels: read leniently, written strictly.
 */
@NullMarked
package io.github.x402sessions.client.payment.message;

import org.jspecify.annotations.NullMarked;
