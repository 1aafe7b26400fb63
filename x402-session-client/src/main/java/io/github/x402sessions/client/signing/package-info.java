/**
 * Signatures of the account that pays: bring a key, or whatever keeps one.
 */
@NullMarked
package io.github.x402sessions.client.signing;

import org.jspecify.annotations.NullMarked;
