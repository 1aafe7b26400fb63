package io.github.x402sessions.facilitator.merchant;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.facilitator.access.ApiKey;

/**
 * The resource servers of the configuration, which no merchant may be like: a name and a
 * recipient belong to one of them. Each node has a configuration of its own, so that this
 * is looked at whenever merchants are read, too, and the configuration is right.
 *
 * @param keys their keys
 */
record ConfiguredServers(List<ApiKey> keys) {

	/**
	 * Find what a merchant has in common with one of them.
	 * @return what it is, in a sentence without a full stop; empty if it is apart from
	 * them
	 */
	Optional<String> conflict(String name, Collection<String> recipients) {
		if (this.keys.stream().anyMatch((key) -> key.name().equals(name))) {
			return Optional.of("the name is that of a key in facilitator.access.keys");
		}
		List<String> accounts = this.keys.stream()
			.flatMap((key) -> key.recipients().stream())
			.map(MerchantSnapshot::account)
			.toList();
		return recipients.stream()
			.filter((recipient) -> accounts.contains(MerchantSnapshot.account(recipient)))
			.findFirst()
			.map((recipient) -> "the recipient " + recipient + " is that of a key in facilitator.access.keys");
	}

	/**
	 * Require that a merchant is none of them.
	 * @throws InvalidMerchantException if it has the name or a recipient of one
	 */
	void requireApartFrom(String name, Collection<String> recipients) {
		conflict(name, recipients).ifPresent((what) -> {
			throw InvalidMerchantException.taken(what);
		});
	}

}
