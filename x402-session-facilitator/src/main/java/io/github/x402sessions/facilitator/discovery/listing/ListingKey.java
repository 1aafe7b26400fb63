package io.github.x402sessions.facilitator.discovery.listing;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.hash.Sha256;

/**
 * The name of what is listed once: an endpoint by its URL (with its template, where it
 * has one) and method, or a tool by its server's URL and its own name.
 *
 * @param type {@link BazaarDeclaration#HTTP} or {@link BazaarDeclaration#MCP}
 * @param url the URL without query
 * @param name the method, or the tool's name
 */
public record ListingKey(String type, String url, String name) {

	/**
	 * Return the key in a form that is short.
	 * @return 64 hex digits
	 */
	public String hash() {
		return Sha256.hex(this.type + "\n" + this.name + "\n" + this.url);
	}

}
