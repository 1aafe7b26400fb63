/**
 * Settlements, their transactions and who was given their outcome: the interfaces of what
 * is stored, and the steps across them.
 */
@NullMarked
package io.github.x402sessions.facilitator.settlement.repository;

import org.jspecify.annotations.NullMarked;
