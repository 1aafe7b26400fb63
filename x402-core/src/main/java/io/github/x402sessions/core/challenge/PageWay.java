package io.github.x402sessions.core.challenge;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.NetworkRules;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;

/**
 * A way of paying that a person can go on the page.
 *
 * @param index its place among the terms
 * @param scheme its scheme
 * @param passphrase what signatures on its network cover
 * @param decimals the decimals of its asset
 * @param symbol what its asset is called
 */
record PageWay(int index, String scheme, String passphrase, int decimals, String symbol) {

	private static final Set<String> SCHEMES = Set.of("session", "exact");

	/** The ways that the page knows; none where nobody says who settles. */
	static List<PageWay> of(PricedRoute route, PaymentRequired required) {
		List<PageWay> ways = new ArrayList<>();
		for (int i = 0; i < required.accepts().size(); i++) {
			PaymentRequirements terms = required.accepts().get(i);
			Optional<Network> network = network(terms);
			Optional<Asset> asset = asset(route, terms);
			if (SCHEMES.contains(terms.scheme()) && facilitator(terms).isPresent() && network.isPresent()
					&& asset.isPresent()) {
				ways.add(new PageWay(i, terms.scheme(), network.get().passphrase(), asset.get().decimals(),
						name(terms.network(), asset.get())));
			}
		}
		return ways;
	}

	/** Where the page asks who settles: the origin, as a policy names it. */
	static Optional<String> facilitator(PaymentRequirements terms) {
		try {
			return Optional.ofNullable(terms.extra().get("facilitatorUrl"))
				.map((url) -> URI.create(url.toString()))
				.map(PayPage::origin);
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** The route knows the assets that it asks for. */
	static Optional<Asset> asset(PricedRoute route, PaymentRequirements terms) {
		return route.accepts()
			.stream()
			.filter((own) -> own.network().equals(terms.network()) && own.asset().id().equals(terms.asset()))
			.map(PaymentTerms::asset)
			.findFirst();
	}

	static String name(String network, Asset asset) {
		return NetworkRules.of(network).defaultAsset().filter(asset::equals).map(Asset::symbol).orElse("of the asset");
	}

	private static Optional<Network> network(PaymentRequirements terms) {
		for (Network network : Network.values()) {
			if (network.id().equals(terms.network())) {
				return Optional.of(network);
			}
		}
		return Optional.empty();
	}

}
