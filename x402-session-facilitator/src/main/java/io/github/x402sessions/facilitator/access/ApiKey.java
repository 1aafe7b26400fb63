package io.github.x402sessions.facilitator.access;

import java.util.Set;

/**
 * A resource server that is known by a secret. The secret itself is not kept.
 *
 * @param name the operator's name for it
 * @param hash the SHA-256 of the secret, 64 hex digits in lower case
 * @param recipients the addresses that it may settle to
 */
public record ApiKey(String name, String hash, Set<String> recipients) {

	/** Copy the set. */
	public ApiKey {
		recipients = Set.copyOf(recipients);
	}

}
