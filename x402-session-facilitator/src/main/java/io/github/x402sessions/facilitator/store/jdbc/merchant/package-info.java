/**
 * Merchants and their keys, in the database.
 */
@NullMarked
package io.github.x402sessions.facilitator.store.jdbc.merchant;

import org.jspecify.annotations.NullMarked;
