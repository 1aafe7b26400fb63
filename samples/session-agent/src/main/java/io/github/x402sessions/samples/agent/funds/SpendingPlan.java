package io.github.x402sessions.samples.agent.funds;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.samples.agent.offer.SchemeChoice;
import org.jspecify.annotations.Nullable;

/**
 * Limits that a user sets: nothing that a server or a model says changes them.
 *
 * @param network the user's network
 * @param asset what the user pays with
 * @param scheme by which schemes to pay
 * @param maxPrice the most that one call may cost, base units
 * @param total the most to spend in all, base units
 * @param servers who may be paid, of which scheme, host and port count
 * @param publicOrigin where they say that they are; {@code null} if that is where they
 * are called
 */
public record SpendingPlan(Network network, Asset asset, SchemeChoice scheme, BigInteger maxPrice, BigInteger total,
		List<URI> servers, @Nullable URI publicOrigin) {

	/** Copy the list. */
	public SpendingPlan {
		servers = List.copyOf(servers);
	}

	/** The servers that may be paid. */
	public Set<Origin> origins() {
		return this.servers.stream().map(Origin::of).collect(Collectors.toSet());
	}

	/** Whether a way to pay is in the user's money, whatever it costs. */
	public boolean isOurs(PaymentRequirements asked) {
		return this.scheme.schemes().contains(asked.scheme()) && asked.network().equals(this.network.id())
				&& asked.asset().equals(this.asset.id());
	}

	/** The way to pay that is for one scheme, if the server has one. */
	Optional<PaymentRequirements> way(String scheme, List<PaymentRequirements> accepts) {
		return accepts.stream().filter((asked) -> asked.scheme().equals(scheme) && isOurs(asked)).findFirst();
	}

}
