/**
 * Finds out why a payment would not work, before anybody pays.
 */
@NullMarked
package io.github.x402sessions.client.diagnosis;

import org.jspecify.annotations.NullMarked;
