/**
 * Asking somebody before something dear is paid for.
 */
@NullMarked
package io.github.x402sessions.client.payment.consent;

import org.jspecify.annotations.NullMarked;
