package io.github.x402sessions.samples.agent.offer;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import org.jspecify.annotations.Nullable;

/**
 * The price of a call at a server, where it can be paid in the user's money.
 *
 * @param network the user's network
 * @param asset what the user pays with
 * @param recipient who is paid
 * @param price the price of a call, base units
 * @param facilitator where the server says its facilitator is, if it does; not to be
 * believed unasked
 * @param scheme how it is paid
 */
public record Offer(Network network, Asset asset, String recipient, BigInteger price, @Nullable URI facilitator,
		String scheme) {

	/** The first scheme of the choice that the server takes in the user's money. */
	public static Offer of(PaymentRequired challenge, Network network, Asset asset, SchemeChoice choice) {
		String scheme = choice.schemes()
			.stream()
			.filter((each) -> challenge.accepts()
				.stream()
				.anyMatch((asked) -> asked.scheme().equals(each) && asked.network().equals(network.id())
						&& asked.asset().equals(asset.id())))
			.findFirst()
			.orElseGet(() -> choice.schemes().get(choice.schemes().size() - 1));
		return of(challenge, network, asset, scheme);
	}

	private static Offer of(PaymentRequired challenge, Network network, Asset asset, String scheme) {
		List<PaymentRequirements> ways = challenge.accepts()
			.stream()
			.filter((asked) -> asked.scheme().equals(scheme))
			.toList();
		if (ways.isEmpty()) {
			throw new CannotStartException(
					scheme.equals("session") ? "the server takes no sessions" : "the server takes no payments by exact",
					null);
		}
		List<PaymentRequirements> onNetwork = ways.stream()
			.filter((asked) -> asked.network().equals(network.id()))
			.toList();
		if (onNetwork.isEmpty()) {
			throw new WrongOptionException("--network",
					"the server wants money on " + ways.get(0).network() + ", not on " + network.id());
		}
		return onNetwork.stream()
			.filter((asked) -> asked.asset().equals(asset.id()))
			.findFirst()
			.map((asked) -> of(asked, network, asset))
			.orElseThrow(() -> new WrongOptionException("--asset",
					"the server wants " + onNetwork.get(0).asset() + ", not " + asset.id()));
	}

	private static Offer of(PaymentRequirements asked, Network network, Asset asset) {
		try {
			URI facilitator = (asked.extra().get("facilitatorUrl") instanceof String url) ? URI.create(url) : null;
			BigInteger price = asked.baseUnits();
			if (price.signum() < 1) {
				throw new IllegalArgumentException("a call costs nothing");
			}
			return new Offer(network, asset, asked.payTo(), price, facilitator, asked.scheme());
		}
		catch (RuntimeException ex) {
			throw new CannotStartException("the server's terms cannot be used: " + ex.getMessage(), ex);
		}
	}

	public String describe(BigInteger baseUnits) {
		return this.asset.describe(baseUnits);
	}

}
