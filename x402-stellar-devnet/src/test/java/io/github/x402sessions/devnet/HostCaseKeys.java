package io.github.x402sessions.devnet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.stellar.sdk.Asset;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.StrKey;
import tools.jackson.databind.JsonNode;

/**
 * The keys of a case, drawn until they are in the order in which the case has its
 * entries.
 *
 * @param keys the accounts' keys by their names in the case
 * @param contract a contract that does not exist, X in the case
 */
record HostCaseKeys(Map<String, KeyPair> keys, String contract) {

	private static final List<String> NAMES = List.of("A", "B", "C", "D", "E", "I", "Z");

	static HostCaseKeys of(JsonNode steps) {
		HostCaseKeys cast;
		do {
			Map<String, KeyPair> keys = new HashMap<>();
			NAMES.forEach((name) -> keys.put(name, KeyPair.random()));
			cast = new HostCaseKeys(keys, StrKey.encodeContract(KeyPair.random().getPublicKey()));
		}
		while (!cast.fits(steps));
		return cast;
	}

	private boolean fits(JsonNode steps) {
		byte[] asset = StrKey.decodeContract(usdcContract());
		return Arrays.compareUnsigned(asset, StrKey.decodeContract(this.contract)) < 0
				&& Stream.concat(steps.findValues("readOnly").stream(), steps.findValues("readWrite").stream())
					.allMatch(this::ascends);
	}

	private boolean ascends(JsonNode footprint) {
		for (int i = 1; i < footprint.size(); i++) {
			String[] before = footprint.get(i - 1).asString().split(" ", 2);
			String[] after = footprint.get(i).asString().split(" ", 2);
			if (before[0].equals(after[0]) && List.of("ACCOUNT", "TRUSTLINE").contains(before[0]) && Arrays
				.compareUnsigned(this.keys.get(before[1]).getPublicKey(), this.keys.get(after[1]).getPublicKey()) > 0) {
				return false;
			}
		}
		return true;
	}

	private String usdcContract() {
		return ManualNetwork.ask(() -> usdc().getContractId(Network.TESTNET));
	}

	Asset usdc() {
		return Asset.create(null, "USDC", address("I"));
	}

	KeyPair key(String name) {
		return this.keys.get(name);
	}

	/** The address of a name. */
	String address(String name) {
		return name.equals("X") ? this.contract : this.keys.get(name).getAccountId();
	}

	/** Puts the names back into a text. */
	String name(String text) {
		String named = text.replace(this.contract, "X");
		for (Map.Entry<String, KeyPair> key : this.keys.entrySet()) {
			named = named.replace(key.getValue().getAccountId(), key.getKey());
		}
		return named;
	}

}
