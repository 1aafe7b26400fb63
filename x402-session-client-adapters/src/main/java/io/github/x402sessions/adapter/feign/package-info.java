/**
 * Pays for the calls of Feign clients.
 */
@NullMarked
package io.github.x402sessions.adapter.feign;

import org.jspecify.annotations.NullMarked;
