/**
 * Responses of handlers, held until their payment is settled.
 */
@NullMarked
package io.github.x402sessions.servlet.hold;

import org.jspecify.annotations.NullMarked;
