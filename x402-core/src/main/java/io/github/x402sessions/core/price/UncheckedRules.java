package io.github.x402sessions.core.price;

import java.util.Optional;

/**
 * The rules of a network that is not known here: whatever is asked for there is passed on
 * to who settles.
 *
 * @param id the network's CAIP-2 id
 */
record UncheckedRules(String id) implements NetworkRules {

	@Override
	public Optional<Violation> network() {
		return Optional.empty();
	}

	@Override
	public Optional<Asset> defaultAsset() {
		return Optional.empty();
	}

	@Override
	public Optional<Violation> asset(String id) {
		return Optional.empty();
	}

	@Override
	public Optional<Violation> address(String text) {
		return Optional.empty();
	}

	@Override
	public boolean isTransaction(String text) {
		return true;
	}

	@Override
	public Optional<String> passphrase() {
		return Optional.empty();
	}

	@Override
	public boolean isForTests() {
		return false;
	}

}
