/**
 * Follows what becomes of payments that facilitators settle later on: start at
 * {@link io.github.x402sessions.core.facilitator.notice.DeferralWatch}.
 */
@NullMarked
package io.github.x402sessions.core.facilitator.notice;

import org.jspecify.annotations.NullMarked;
