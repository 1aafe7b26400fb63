package io.github.x402sessions.facilitator.session;

import java.time.Instant;

/**
 * A session as it is found by others than its bearer.
 *
 * @param handle the name that receipts and the log have for it
 * @param opened when it was registered
 * @param session the session
 */
public record ListedSession(String handle, Instant opened, Session session) {
}
