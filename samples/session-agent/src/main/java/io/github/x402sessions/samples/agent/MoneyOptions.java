package io.github.x402sessions.samples.agent;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say what money is: the server may name a price in it, not choose it.
 */
final class MoneyOptions {

	/** All assets of Stellar itself have as many. */
	private static final int DECIMALS = 7;

	@Option(names = "--network", paramLabel = "ID", defaultValue = "stellar:testnet",
			description = "The network to pay on: stellar:testnet or stellar:pubnet (default: ${DEFAULT-VALUE}).")
	private String network = Network.STELLAR_TESTNET.id();

	@Option(names = "--asset", paramLabel = "C...",
			description = "The contract of the asset to pay with (default: the network's USDC).")
	private @Nullable String asset;

	@Option(names = "--asset-decimals", paramLabel = "N",
			description = "How many decimals the --asset has (default: 7).")
	private @Nullable Integer decimals;

	Network network() {
		try {
			return Network.of(this.network);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--network", String.valueOf(ex.getMessage()));
		}
	}

	Asset asset() {
		if (this.asset == null) {
			if (this.decimals != null) {
				throw new WrongOptionException("--asset-decimals", "is of use with --asset only");
			}
			return Asset.usdc(network());
		}
		if (!StellarAddress.isContract(this.asset)) {
			throw new WrongOptionException("--asset", "is not a contract id (56 characters, C..., a valid checksum)");
		}
		try {
			return new Asset(this.asset, (this.decimals != null) ? this.decimals : DECIMALS);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--asset-decimals", String.valueOf(ex.getMessage()));
		}
	}

}
