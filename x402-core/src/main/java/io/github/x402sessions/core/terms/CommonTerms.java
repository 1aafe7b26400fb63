package io.github.x402sessions.core.terms;

import java.util.List;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.NetworkRules;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.core.scheme.SessionScheme;
import org.jspecify.annotations.Nullable;

/**
 * The part that all prices of a server have in common, checked once; {@link #route} makes
 * a priced route out of it and a price. Immutable.
 */
public final class CommonTerms {

	/** The scheme that is asked for by default. */
	public static final String DEFAULT_SCHEME = SessionScheme.NAME;

	/** The network that is paid on by default. */
	public static final String DEFAULT_NETWORK = Network.STELLAR_TESTNET.id();

	private final String scheme;

	private final String network;

	private final Asset asset;

	private final String payTo;

	private CommonTerms(String scheme, String network, Asset asset, String payTo) {
		this.scheme = scheme;
		this.network = network;
		this.asset = asset;
		this.payTo = payTo;
	}

	/**
	 * Create terms from settings as they were written down.
	 * @param scheme the payment scheme, such as {@link #DEFAULT_SCHEME}
	 * @param network the network as a CAIP-2 id
	 * @param asset the asset's contract id; {@code null} for the USDC of a Stellar
	 * network
	 * @param assetDecimals the asset's decimals; {@code null} if the asset is known
	 * @param payTo the address that receives the payments
	 * @return the terms
	 * @throws InvalidTermsException if a setting is missing or wrong
	 */
	public static CommonTerms of(@Nullable String scheme, @Nullable String network, @Nullable String asset,
			@Nullable Integer assetDecimals, @Nullable String payTo) {
		if (scheme == null || scheme.isBlank()) {
			throw new InvalidTermsException(TermsSetting.SCHEME, "no scheme to pay by", "to '" + DEFAULT_SCHEME + "'");
		}
		NetworkRules rules = network(network);
		return new CommonTerms(scheme, rules.id(), asset(rules, asset, assetDecimals), payTo(rules, payTo));
	}

	/**
	 * Make a priced route.
	 * @param name the route's name in logs
	 * @param price the price in whole tokens, as a decimal
	 * @param description what is sold, for people; optional
	 * @param mimeType the media type of the answer; optional
	 * @return the route
	 * @throws InvalidTermsException if the price is missing or wrong
	 */
	public PricedRoute route(String name, @Nullable String price, @Nullable String description,
			@Nullable String mimeType) {
		if (price == null || price.isBlank()) {
			throw new InvalidTermsException(TermsSetting.PRICE, "price is missing",
					"to a price in whole tokens, such as 0.10");
		}
		try {
			PaymentTerms terms = PaymentTerms.of(this.scheme, this.network, this.asset, price, this.payTo);
			return new PricedRoute(name, List.of(terms), text(description), text(mimeType));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidTermsException(TermsSetting.PRICE, String.valueOf(ex.getMessage()),
					"to a price greater than 0 with at most " + this.asset.decimals() + " decimals, such as 0.10");
		}
	}

	private static NetworkRules network(@Nullable String id) {
		if (id == null || !id.contains(":")) {
			throw new InvalidTermsException(TermsSetting.NETWORK, "'" + id + "' is not a CAIP-2 id",
					"to an id such as '" + DEFAULT_NETWORK + "'");
		}
		NetworkRules rules = NetworkRules.of(id);
		rules.network().ifPresent((violation) -> {
			throw new InvalidTermsException(TermsSetting.NETWORK, "network '" + id + "' is " + violation.problem(),
					violation.remedy());
		});
		return rules;
	}

	private static Asset asset(NetworkRules rules, @Nullable String id, @Nullable Integer decimals) {
		Asset known = rules.defaultAsset().orElse(null);
		if (known != null && (id == null || id.equals(known.id()))) {
			if (decimals != null && decimals != known.decimals()) {
				String symbol = known.symbol();
				throw new InvalidTermsException(TermsSetting.ASSET_DECIMALS,
						symbol + " has " + known.decimals() + " decimals, not " + decimals,
						"to " + known.decimals() + ", or leave it out for " + symbol);
			}
			return known;
		}
		if (id == null) {
			throw new InvalidTermsException(TermsSetting.ASSET, "there is no default asset on " + rules.id(),
					"to a token of that network, and its decimals too");
		}
		rules.asset(id).ifPresent((violation) -> {
			throw new InvalidTermsException(TermsSetting.ASSET, "'" + id + "' is " + violation.problem(),
					violation.remedy());
		});
		String remedy = "to the number that the asset's decimals() returns";
		if (decimals == null) {
			throw new InvalidTermsException(TermsSetting.ASSET_DECIMALS,
					"the decimals of asset '" + id + "' are not known", remedy);
		}
		try {
			return new Asset(id, decimals);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidTermsException(TermsSetting.ASSET_DECIMALS, String.valueOf(ex.getMessage()), remedy);
		}
	}

	private static String payTo(NetworkRules rules, @Nullable String address) {
		if (address == null || address.isBlank()) {
			throw new InvalidTermsException(TermsSetting.PAY_TO, "nobody to pay to",
					"to the address that receives the payments");
		}
		if (StellarAddress.looksLikeSecret(address)) {
			throw new InvalidTermsException(TermsSetting.PAY_TO,
					"a secret seed (S…) is no address; take it out of the configuration and do not use it any more",
					"to the account's address (G…)");
		}
		rules.address(address).ifPresent((violation) -> {
			throw new InvalidTermsException(TermsSetting.PAY_TO, "'" + address + "' is " + violation.problem(),
					violation.remedy());
		});
		return address;
	}

	private static @Nullable String text(@Nullable String value) {
		return (value == null || value.isBlank()) ? null : value;
	}

}
