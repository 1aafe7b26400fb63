package io.github.x402sessions.client.diagnosis;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Objects;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.StellarAddress;
import org.jspecify.annotations.Nullable;

/**
 * A payment that somebody wants to make, as far as it is known. No secret is needed.
 *
 * @param network the network to pay on
 * @param asset what to pay with
 * @param schemes the ways that are taken, the first to be taken first
 * @param cap the most to spend in all, base units; {@code null} if that is open
 * @param account who pays, {@code G…} or {@code C…}; {@code null} if that is open
 * @param facilitator who may spend what is approved; {@code null} for the one that the
 * server names, which is asked only where it is public, or on this machine as the server
 * @param rpc the network's JSON-RPC endpoint; {@code null} for a public one
 * @param localRpc the same, where facilitator or server are on this machine; {@code null}
 * if there is none
 * @param pageOrigin the origin, or any URL, of a page in a browser that is to pay;
 * {@code null} if none is
 */
public record DiagnosisPlan(Network network, Asset asset, List<String> schemes, @Nullable BigInteger cap,
		@Nullable String account, @Nullable URI facilitator, @Nullable URI rpc, @Nullable URI localRpc,
		@Nullable URI pageOrigin) {

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if there is no scheme, the account is no address,
	 * or a URL is none by http or https
	 */
	public DiagnosisPlan {
		Objects.requireNonNull(network, "network");
		Objects.requireNonNull(asset, "asset");
		schemes = List.copyOf(schemes);
		if (schemes.isEmpty()) {
			throw new IllegalArgumentException("schemes is empty");
		}
		if (account != null && !StellarAddress.isAccount(account) && !StellarAddress.isContract(account)) {
			throw new IllegalArgumentException("account is no address (56 characters, G… or C…, a valid checksum)");
		}
		requireWeb(facilitator, "facilitator");
		requireWeb(rpc, "rpc");
		requireWeb(localRpc, "localRpc");
		requireWeb(pageOrigin, "pageOrigin");
	}

	private static void requireWeb(@Nullable URI url, String field) {
		if (url != null && !Place.isWeb(url)) {
			throw new IllegalArgumentException(field + " is no absolute http or https URL");
		}
	}

	/**
	 * Plan to pay in a network's money, from a session or else by exact.
	 * @param network the network
	 * @param asset what to pay with
	 * @return the plan
	 */
	public static DiagnosisPlan of(Network network, Asset asset) {
		return new DiagnosisPlan(network, asset, List.of("session", "exact"), null, null, null, null, null, null);
	}

	/**
	 * Say who pays.
	 * @param account the account's address, or {@code null}
	 * @param cap the most to spend in all, base units, or {@code null}
	 * @return a changed plan
	 * @throws IllegalArgumentException if the account is no address
	 */
	public DiagnosisPlan withAccount(@Nullable String account, @Nullable BigInteger cap) {
		return new DiagnosisPlan(this.network, this.asset, this.schemes, cap, account, this.facilitator, this.rpc,
				this.localRpc, this.pageOrigin);
	}

	/**
	 * Say by which schemes.
	 * @param schemes the schemes, the first to be taken first
	 * @return a changed plan
	 */
	public DiagnosisPlan withSchemes(List<String> schemes) {
		return new DiagnosisPlan(this.network, this.asset, schemes, this.cap, this.account, this.facilitator, this.rpc,
				this.localRpc, this.pageOrigin);
	}

	/**
	 * Say by whose help.
	 * @param facilitator the facilitator, or {@code null}
	 * @param rpc the network's JSON-RPC endpoint, or {@code null}
	 * @param localRpc the one where facilitator or server are on this machine, or
	 * {@code null}
	 * @return a changed plan
	 * @throws IllegalArgumentException if one is no absolute http or https URL
	 */
	public DiagnosisPlan withServices(@Nullable URI facilitator, @Nullable URI rpc, @Nullable URI localRpc) {
		return new DiagnosisPlan(this.network, this.asset, this.schemes, this.cap, this.account, facilitator, rpc,
				localRpc, this.pageOrigin);
	}

	/**
	 * Say that a page in a browser is to pay.
	 * @param pageOrigin the page's origin or URL, or {@code null}
	 * @return a changed plan
	 * @throws IllegalArgumentException if it is no absolute http or https URL
	 */
	public DiagnosisPlan withPageOrigin(@Nullable URI pageOrigin) {
		return new DiagnosisPlan(this.network, this.asset, this.schemes, this.cap, this.account, this.facilitator,
				this.rpc, this.localRpc, pageOrigin);
	}

}
