/**
 * The session scheme: pays by the id of a session, within its rules.
 */
@NullMarked
package io.github.x402sessions.client.payment.session;

import org.jspecify.annotations.NullMarked;
