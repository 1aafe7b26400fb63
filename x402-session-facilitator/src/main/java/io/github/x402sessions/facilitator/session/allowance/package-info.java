/**
 * Keeps sessions in step with the allowances that back them.
 */
@NullMarked
package io.github.x402sessions.facilitator.session.allowance;

import org.jspecify.annotations.NullMarked;
