package io.github.x402sessions.core.price;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules of the Stellar networks: addresses are checked to the letter, assets are
 * contracts by SEP-41, and USDC is known.
 *
 * @param id the network's CAIP-2 id
 */
record StellarRules(String id) implements NetworkRules {

	static final String NAMESPACE = "stellar:";

	private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

	@Override
	public Optional<Violation> network() {
		return known().isPresent() ? Optional.empty()
				: Optional.of(new Violation("not known; use 'stellar:testnet' or 'stellar:pubnet'",
						"to 'stellar:testnet' or 'stellar:pubnet'"));
	}

	@Override
	public Optional<Asset> defaultAsset() {
		return known().map(Asset::usdc);
	}

	@Override
	public Optional<Violation> asset(String id) {
		return StellarAddress.isContract(id) ? Optional.empty()
				: Optional.of(new Violation("not a contract id (56 characters, C…, with a valid checksum)",
						"to the contract id of a SEP-41 token, or leave it out for USDC"));
	}

	@Override
	public Optional<Violation> address(String text) {
		return (StellarAddress.isAccount(text) || StellarAddress.isContract(text)) ? Optional.empty()
				: Optional.of(new Violation("not a Stellar address (56 characters, G… or C…, with a valid checksum)",
						"to the address that receives the payments; check it for typing errors"));
	}

	@Override
	public boolean isTransaction(String text) {
		return HASH.matcher(text).matches();
	}

	@Override
	public Optional<String> passphrase() {
		return known().map(Network::passphrase);
	}

	@Override
	public boolean isForTests() {
		return this.id.equals(Network.STELLAR_TESTNET.id());
	}

	private Optional<Network> known() {
		return Arrays.stream(Network.values()).filter((network) -> network.id().equals(this.id)).findFirst();
	}

}
