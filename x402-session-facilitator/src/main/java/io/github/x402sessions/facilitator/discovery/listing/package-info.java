/**
 * The rules for what a catalogue lists: a payment's declaration is a stranger's word, of
 * which only that is taken over which is checked here.
 */
@NullMarked
package io.github.x402sessions.facilitator.discovery.listing;

import org.jspecify.annotations.NullMarked;
