/**
 * The steps of opening a session, of resuming what was interrupted and of taking the
 * allowance back, by one plan. Internal to this module.
 */
@NullMarked
package io.github.x402sessions.client.opening.steps;

import org.jspecify.annotations.NullMarked;
