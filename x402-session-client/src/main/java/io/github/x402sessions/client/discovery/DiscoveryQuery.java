package io.github.x402sessions.client.discovery;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * A question to a catalogue: what is looked for, and which ways to pay for it will do.
 * Immutable; each {@code with} returns a changed question.
 *
 * @param text what is looked for, in words, at most 400 characters; {@code null} for
 * everything that is listed
 * @param type {@link BazaarDeclaration#HTTP} or {@link BazaarDeclaration#MCP};
 * {@code null} for both
 * @param network the network to pay on, as a CAIP-2 id; {@code null} for any
 * @param asset the id of the asset to pay with; {@code null} for any
 * @param schemes the schemes to pay by; empty for any
 * @param payTo the only recipient; {@code null} for any
 * @param maxPrice the most that a call may cost, base units of the asset; {@code null}
 * for any price
 * @param limit how many results there are at most, 1 to 1000
 */
public record DiscoveryQuery(@Nullable String text, @Nullable String type, @Nullable String network,
		@Nullable String asset, Set<String> schemes, @Nullable String payTo, @Nullable BigInteger maxPrice, int limit) {

	private static final int LONGEST = 400;

	private static final int MOST = 1000;

	private static final int USUAL = 20;

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if one is out of its range, or there is a price
	 * without an asset that it is in
	 */
	public DiscoveryQuery {
		require(text == null || (!text.isBlank() && text.length() <= LONGEST),
				"what is looked for has to have 1 to " + LONGEST + " characters");
		require(type == null || type.equals(BazaarDeclaration.HTTP) || type.equals(BazaarDeclaration.MCP),
				"type has to be http or mcp");
		require(maxPrice == null || maxPrice.signum() > 0, "maxPrice has to be more than 0");
		require(maxPrice == null || asset != null, "maxPrice needs an asset that it is in");
		require(limit >= 1 && limit <= MOST, "limit has to be 1 to " + MOST);
		schemes = Set.copyOf(schemes);
	}

	/**
	 * Look for something.
	 * @param text what is looked for, in words, at most 400 characters
	 * @return a question for 20 results, payable in any way
	 */
	public static DiscoveryQuery of(String text) {
		return new DiscoveryQuery(text, null, null, null, Set.of(), null, null, USUAL);
	}

	/**
	 * Look at everything that is listed, in the catalogue's order.
	 * @return a question for 20 results, payable in any way
	 */
	public static DiscoveryQuery everything() {
		return new DiscoveryQuery(null, null, null, null, Set.of(), null, null, USUAL);
	}

	/**
	 * Say what it may be.
	 * @param type {@link BazaarDeclaration#HTTP} or {@link BazaarDeclaration#MCP}
	 * @return a changed question
	 */
	public DiscoveryQuery withType(@Nullable String type) {
		return new DiscoveryQuery(this.text, type, this.network, this.asset, this.schemes, this.payTo, this.maxPrice,
				this.limit);
	}

	/**
	 * Say where it has to be payable.
	 * @param network the network as a CAIP-2 id, such as {@code stellar:testnet}
	 * @return a changed question
	 */
	public DiscoveryQuery withNetwork(@Nullable String network) {
		return new DiscoveryQuery(this.text, this.type, network, this.asset, this.schemes, this.payTo, this.maxPrice,
				this.limit);
	}

	/**
	 * Say by which schemes it has to be payable.
	 * @param schemes the schemes, of which one will do
	 * @return a changed question
	 */
	public DiscoveryQuery withSchemes(String... schemes) {
		return new DiscoveryQuery(this.text, this.type, this.network, this.asset, Set.copyOf(Arrays.asList(schemes)),
				this.payTo, this.maxPrice, this.limit);
	}

	/**
	 * Say what it has to be payable with, at any price.
	 * @param asset the asset
	 * @return a changed question
	 */
	public DiscoveryQuery withAsset(Asset asset) {
		return new DiscoveryQuery(this.text, this.type, this.network, asset.id(), this.schemes, this.payTo, null,
				this.limit);
	}

	/**
	 * Say what a call may cost. Give the same limit to whoever pays: the price of a
	 * listing is no more than a hint.
	 * @param price a decimal in whole tokens, such as {@code 0.05}
	 * @param asset what it is paid with
	 * @return a changed question
	 * @throws IllegalArgumentException if it is no such price, or 0
	 */
	public DiscoveryQuery withMaxPrice(String price, Asset asset) {
		return new DiscoveryQuery(this.text, this.type, this.network, asset.id(), this.schemes, this.payTo,
				asset.toBaseUnits(price), this.limit);
	}

	/**
	 * Say who has to be paid.
	 * @param payTo the recipient's address
	 * @return a changed question
	 */
	public DiscoveryQuery withPayTo(@Nullable String payTo) {
		return new DiscoveryQuery(this.text, this.type, this.network, this.asset, this.schemes, payTo, this.maxPrice,
				this.limit);
	}

	/**
	 * Say how many results there may be.
	 * @param limit the most, 1 to 1000
	 * @return a changed question
	 */
	public DiscoveryQuery withLimit(int limit) {
		return new DiscoveryQuery(this.text, this.type, this.network, this.asset, this.schemes, this.payTo,
				this.maxPrice, limit);
	}

	/**
	 * The terms that will do: whatever a catalogue was asked, it may have answered more.
	 */
	List<PaymentRequirements> payable(List<PaymentRequirements> terms) {
		return terms.stream().filter(this::isPayable).toList();
	}

	private boolean isPayable(PaymentRequirements asked) {
		return (this.network == null || this.network.equals(asked.network()))
				&& (this.asset == null || this.asset.equals(asked.asset()))
				&& (this.schemes.isEmpty() || this.schemes.contains(asked.scheme()))
				&& (this.payTo == null || this.payTo.equals(asked.payTo()))
				&& (this.maxPrice == null || asked.isPayableWithin(this.maxPrice));
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
