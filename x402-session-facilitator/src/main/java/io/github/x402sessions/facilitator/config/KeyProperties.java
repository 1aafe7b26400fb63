package io.github.x402sessions.facilitator.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.x402sessions.facilitator.access.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * The key of one resource server.
 *
 * @param name the operator's name for it
 * @param hash the SHA-256 of the key, 64 hex digits
 * @param recipients the addresses that it may settle to
 */
public record KeyProperties(@Nullable String name, @Nullable String hash, @Nullable List<String> recipients) {

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is missing or wrong
	 */
	public KeyProperties {
		if (name == null || name.isBlank()) {
			throw new InvalidPropertyException("access.keys[].name", "is missing", "Set it to a name for your logs.");
		}
		if (hash == null || !hash.matches("[0-9a-fA-F]{64}")) {
			throw new InvalidPropertyException("access.keys[].hash", "is not a SHA-256",
					"Set it to the output of: echo -n \"$KEY\" | sha256sum");
		}
		if (recipients == null || recipients.isEmpty()) {
			throw new InvalidPropertyException("access.keys[].recipients", "is empty",
					"List the addresses that the key may settle to.");
		}
		recipients = List.copyOf(recipients);
		recipients.forEach((recipient) -> PropertyCheck.recipient("access.keys[].recipients", recipient));
	}

	public ApiKey key() {
		return new ApiKey(String.valueOf(this.name), String.valueOf(this.hash).toLowerCase(Locale.ROOT),
				Set.copyOf((this.recipients != null) ? this.recipients : List.of()));
	}

}
