package io.github.x402sessions.facilitator.merchant;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.github.x402sessions.facilitator.access.ApiKey;
import io.github.x402sessions.facilitator.config.InvalidPropertyException;

/**
 * The resource servers of the configuration, which no merchant may be like: a name and a
 * recipient belong to one of them.
 *
 * @param keys their keys
 */
record ConfiguredServers(List<ApiKey> keys) {

	/**
	 * Require that a merchant is none of them.
	 * @throws InvalidMerchantException if it has the name or a recipient of one
	 */
	void requireApartFrom(String name, Collection<String> recipients) {
		this.keys.forEach((key) -> {
			if (key.name().equals(name)) {
				throw InvalidMerchantException.taken("the name is that of a key in facilitator.access.keys");
			}
			recipients.stream().filter(key.recipients()::contains).findFirst().ifPresent((recipient) -> {
				throw InvalidMerchantException
					.taken("the recipient " + recipient + " is that of a key in facilitator.access.keys");
			});
		});
	}

	/**
	 * Require that none of them is a merchant.
	 * @throws InvalidPropertyException if one has the name or a recipient of a merchant
	 */
	void requireApartFrom(Collection<Merchant> merchants) {
		merchants.forEach((merchant) -> this.keys.forEach((key) -> {
			if (key.name().equals(merchant.name())) {
				throw new InvalidPropertyException("access.keys[].name",
						"has '" + key.name() + "', which is the name of a merchant in the database",
						"Give the key another name, or take it out of the configuration.");
			}
			String both = merchant.terms()
				.recipients()
				.stream()
				.filter(key.recipients()::contains)
				.collect(Collectors.joining(", "));
			if (!both.isEmpty()) {
				throw new InvalidPropertyException("access.keys[].recipients",
						"has " + both + ", which the merchant '" + merchant.name() + "' in the database has too",
						"Take it out of one of the two: a recipient is paid for one of them.");
			}
		}));
	}

}
