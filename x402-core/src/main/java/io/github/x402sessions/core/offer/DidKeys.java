package io.github.x402sessions.core.offer;

import java.net.URI;
import java.util.Optional;

/**
 * Finds the keys that a {@link DidWeb} name publishes. Thread-safe.
 */
@FunctionalInterface
public interface DidKeys {

	/**
	 * Find a key.
	 * @param did whose key it is
	 * @param id the key's id, a DID URL
	 * @param service the URL that the key is to speak for
	 * @return the key, or empty if the document has no such key
	 * @throws DidUnavailableException if the document cannot be had
	 */
	Optional<Ed25519PublicKey> find(DidWeb did, String id, URI service);

}
