/**
 * What payment identifiers have bought, for clients that ask again.
 */
@NullMarked
package io.github.x402sessions.servlet.once;

import org.jspecify.annotations.NullMarked;
