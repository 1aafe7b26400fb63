package io.github.x402sessions.facilitator.discovery;

import io.github.x402sessions.core.protocol.FacilitatorRequest;

/**
 * A payment whose declaration may be listed.
 *
 * @param key stands for what is declared, at these terms
 * @param payment what was paid
 */
record Candidate(String key, FacilitatorRequest payment) {
}
