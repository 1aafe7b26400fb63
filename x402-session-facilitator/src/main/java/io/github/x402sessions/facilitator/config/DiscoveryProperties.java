package io.github.x402sessions.facilitator.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the catalogue.
 *
 * @param enabled whether what settled payments declare is listed for everybody to find
 * @param maxListings how much is listed at most
 * @param maxPerRecipient how much is listed at most of what pays the same recipient
 * @param retention how long something is listed that is not paid
 * @param maxDeclaration the longest declaration that is listed
 * @param maxWaiting how many payments wait to be looked at; more are left out, and the
 * next payment brings them again
 * @param localHosts whether hosts are listed that only this machine or network knows; no
 * by default, except on a local test network
 */
@ConfigurationProperties("facilitator.discovery")
public record DiscoveryProperties(@DefaultValue("false") boolean enabled, @DefaultValue("100000") int maxListings,
		@DefaultValue("500") int maxPerRecipient, @DefaultValue("90d") Duration retention,
		@DefaultValue("16KB") DataSize maxDeclaration, @DefaultValue("1000") int maxWaiting,
		@Nullable Boolean localHosts) {

	private static final Duration SHORTEST = Duration.ofHours(1);

	private static final DataSize SMALLEST = DataSize.ofKilobytes(1);

	private static final DataSize LARGEST = DataSize.ofKilobytes(64);

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is wrong
	 */
	public DiscoveryProperties {
		positive("max-listings", maxListings);
		positive("max-per-recipient", maxPerRecipient);
		positive("max-waiting", maxWaiting);
		if (retention.compareTo(SHORTEST) < 0) {
			throw new InvalidPropertyException("discovery.retention", "is out of range", "Set it to at least 1h.");
		}
		if (maxDeclaration.compareTo(SMALLEST) < 0 || maxDeclaration.compareTo(LARGEST) > 0) {
			throw new InvalidPropertyException("discovery.max-declaration", "is out of range",
					"Set it to at least 1KB and at most 64KB.");
		}
	}

	private static void positive(String name, int value) {
		if (value < 1) {
			throw new InvalidPropertyException("discovery." + name, "is less than 1", "Set it to at least 1.");
		}
	}

}
