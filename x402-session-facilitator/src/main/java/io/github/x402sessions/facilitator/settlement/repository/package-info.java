/**
 * Settlements, their transactions and who was given their outcome, as the database keeps
 * them.
 */
@NullMarked
package io.github.x402sessions.facilitator.settlement.repository;

import org.jspecify.annotations.NullMarked;
