package io.github.x402sessions.facilitator.session.registration;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionId;

/**
 * A session as its payer gets it.
 *
 * @param id the token, which only the payer may see
 * @param session the session
 * @param created whether it was registered just now
 */
public record Registration(SessionId id, Session session, boolean created) {
}
