package io.github.x402sessions.facilitator.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.access.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * The credential of one operator.
 *
 * @param name by which the audit log knows whoever has it
 * @param hash the SHA-256 of the credential, 64 hex digits
 */
public record OperatorProperties(@Nullable String name, @Nullable String hash) {

	private static final Pattern NAME = Pattern.compile("[\\w.@-]{1,64}");

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is missing or wrong
	 */
	public OperatorProperties {
		if (name == null || !NAME.matcher(name).matches()) {
			throw new InvalidPropertyException("admin.operators[].name", "is missing, or no name",
					"Set it to at most 64 letters, digits and . @ - _, such as alice.");
		}
		if (hash == null || !hash.matches("[0-9a-fA-F]{64}")) {
			throw new InvalidPropertyException("admin.operators[].hash", "is not a SHA-256",
					"Set it to the output of: echo -n \"$CREDENTIAL\" | sha256sum");
		}
	}

	String lowerHash() {
		return String.valueOf(this.hash).toLowerCase(Locale.ROOT);
	}

	/** Return what the operator is known by; it settles to nobody. */
	public ApiKey key() {
		return new ApiKey(String.valueOf(this.name), lowerHash(), Set.of());
	}

}
