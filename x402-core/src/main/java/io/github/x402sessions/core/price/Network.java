package io.github.x402sessions.core.price;

/**
 * The Stellar networks by their CAIP-2 ids, with what a client needs to reach them.
 */
public enum Network {

	/** The Stellar test network; also the id that the local devnet answers to. */
	STELLAR_TESTNET("stellar:testnet", "Test SDF Network ; September 2015", "https://soroban-testnet.stellar.org"),

	/** The Stellar public network. */
	STELLAR_PUBNET("stellar:pubnet", "Public Global Stellar Network ; September 2015",
			"https://mainnet.sorobanrpc.com");

	private final String id;

	private final String passphrase;

	private final String defaultRpcUrl;

	Network(String id, String passphrase, String defaultRpcUrl) {
		this.id = id;
		this.passphrase = passphrase;
		this.defaultRpcUrl = defaultRpcUrl;
	}

	/**
	 * Find a network by its id.
	 * @param id a CAIP-2 id, such as {@code stellar:testnet}
	 * @return the network
	 * @throws IllegalArgumentException if the id is not one of a known Stellar network
	 */
	public static Network of(String id) {
		for (Network network : values()) {
			if (network.id.equals(id)) {
				return network;
			}
		}
		throw new IllegalArgumentException(
				"network '" + id + "' is not known; use 'stellar:testnet' or 'stellar:pubnet'");
	}

	/**
	 * Return the network's CAIP-2 id.
	 * @return the id, such as {@code stellar:testnet}
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the passphrase that every signature on this network covers.
	 * @return the passphrase
	 */
	public String passphrase() {
		return this.passphrase;
	}

	/**
	 * Return a public JSON-RPC endpoint of the network.
	 * @return an absolute URL
	 */
	public String defaultRpcUrl() {
		return this.defaultRpcUrl;
	}

}
