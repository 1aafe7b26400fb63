package io.github.x402sessions.facilitator.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

import io.github.x402sessions.facilitator.access.ServerDirectory;
import io.github.x402sessions.facilitator.config.DiscoveryProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.deferred.CommitmentRepository;
import io.github.x402sessions.facilitator.discovery.listing.ListingReader;
import io.github.x402sessions.facilitator.schedule.Cleaning;
import io.github.x402sessions.facilitator.store.Nodes;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The catalogue, where it is switched on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("facilitator.discovery.enabled")
@EnableConfigurationProperties(DiscoveryProperties.class)
public class DiscoveryConfiguration {

	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

	@Bean(initMethod = "start")
	Catalogue catalogue(DiscoveryProperties discovery, FacilitatorProperties properties, Listings listings,
			CommitmentRepository commitments, CatalogueObserver observer, ServerDirectory directory) {
		boolean local = (discovery.localHosts() != null) ? discovery.localHosts() : properties.isLocalTestNetwork();
		return new Catalogue(new ListingReader((int) discovery.maxDeclaration().toBytes(), local), listings,
				new ListingLimits(discovery.maxListings(), discovery.maxPerRecipient(), discovery.retention()),
				sameSeller(properties.access().keys().stream().map((key) -> key.key().recipients()).toList(),
						directory),
				new AwaitedCommitments(commitments, BETWEEN_LOOKS), observer, discovery.maxWaiting());
	}

	/** Who has a key for several recipients is one seller. */
	private static BiPredicate<String, String> sameSeller(List<Set<String>> sellers, ServerDirectory directory) {
		return (one, other) -> one.equals(other) || directory.recipientsBeside(one).contains(other)
				|| sellers.stream().anyMatch((recipients) -> recipients.contains(one) && recipients.contains(other));
	}

	@Bean
	CatalogueSearch catalogueSearch(Listings listings, Nodes nodes) {
		return new CatalogueSearch(listings, nodes.clock());
	}

	@Bean(initMethod = "start")
	Cleaning listingCleaning(DiscoveryProperties discovery, Listings listings) {
		return new Cleaning("x402-listings",
				() -> listings.forget(discovery.retention()) == Listings.FORGOTTEN_AT_ONCE);
	}

}
