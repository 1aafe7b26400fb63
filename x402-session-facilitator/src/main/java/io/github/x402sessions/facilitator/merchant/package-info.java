/**
 * Merchants: resource servers that the operator makes at run time, with their keys, what
 * they may be paid, and what they were paid.
 */
@NullMarked
package io.github.x402sessions.facilitator.merchant;

import org.jspecify.annotations.NullMarked;
