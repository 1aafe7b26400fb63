package io.github.x402sessions.core.gate;

import java.util.List;
import java.util.regex.Pattern;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.StellarAddress;
import org.jspecify.annotations.Nullable;

/**
 * What all prices of a server have in common, checked once; {@link #route} makes a priced
 * route out of it and a price. Immutable.
 */
public final class CommonTerms {

	/** The scheme that is asked for by default. */
	public static final String DEFAULT_SCHEME = "session";

	/** The network that is paid on by default. */
	public static final String DEFAULT_NETWORK = Network.STELLAR_TESTNET.id();

	private static final String STELLAR = "stellar:";

	/** What looks like a secret seed, a mistyped one too: it is in no message. */
	private static final Pattern SECRET = Pattern.compile("(?is).*\\bS[A-Z0-9]{55}\\b.*|\\s*S.{55}\\s*");

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
		String checked = network(network);
		return new CommonTerms(scheme, checked, asset(checked, asset, assetDecimals), payTo(checked, payTo));
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

	private static String network(@Nullable String id) {
		if (id == null || !id.contains(":")) {
			throw new InvalidTermsException(TermsSetting.NETWORK, "'" + id + "' is not a CAIP-2 id",
					"to an id such as 'stellar:testnet'");
		}
		if (id.startsWith(STELLAR)) {
			try {
				return Network.of(id).id();
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidTermsException(TermsSetting.NETWORK, String.valueOf(ex.getMessage()),
						"to 'stellar:testnet' or 'stellar:pubnet'");
			}
		}
		return id;
	}

	private static Asset asset(String network, @Nullable String id, @Nullable Integer decimals) {
		boolean stellar = network.startsWith(STELLAR);
		Asset usdc = stellar ? Asset.usdc(Network.of(network)) : null;
		if (usdc != null && (id == null || id.equals(usdc.id()))) {
			if (decimals != null && decimals != usdc.decimals()) {
				throw new InvalidTermsException(TermsSetting.ASSET_DECIMALS,
						"USDC has " + usdc.decimals() + " decimals, not " + decimals,
						"to " + usdc.decimals() + ", or leave it out for USDC");
			}
			return usdc;
		}
		if (id == null) {
			throw new InvalidTermsException(TermsSetting.ASSET, "there is no default asset on " + network,
					"to a token of that network, and its decimals too");
		}
		if (stellar && !StellarAddress.isContract(id)) {
			throw new InvalidTermsException(TermsSetting.ASSET,
					"'" + id + "' is not a contract id (56 characters, C…, with a valid checksum)",
					"to the contract id of a SEP-41 token, or leave it out for USDC");
		}
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

	private static String payTo(String network, @Nullable String address) {
		if (address == null || address.isBlank()) {
			throw new InvalidTermsException(TermsSetting.PAY_TO, "nobody to pay to",
					"to the address that receives the payments");
		}
		if (SECRET.matcher(address).matches()) {
			throw new InvalidTermsException(TermsSetting.PAY_TO,
					"a secret seed (S…) is no address; take it out of the configuration and do not use it any more",
					"to the account's address (G…)");
		}
		if (network.startsWith(STELLAR) && !StellarAddress.isAccount(address) && !StellarAddress.isContract(address)) {
			throw new InvalidTermsException(TermsSetting.PAY_TO,
					"'" + address + "' is not a Stellar address (56 characters, G… or C…, with a valid checksum)",
					"to the address that receives the payments; check it for typing errors");
		}
		return address;
	}

	private static @Nullable String text(@Nullable String value) {
		return (value == null || value.isBlank()) ? null : value;
	}

}
