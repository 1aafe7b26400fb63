package io.github.x402sessions.core.price;

import java.util.Optional;

/**
 * The rules of a network for addresses and assets, by which a server's terms are checked
 * before anybody pays, and for what a receipt names. There is one kind for each family of
 * networks, by the namespace of their CAIP-2 ids; another family is another
 * implementation, and a line in {@link #of}.
 */
public interface NetworkRules {

	/**
	 * Return the network.
	 * @return its CAIP-2 id
	 */
	String id();

	/**
	 * Check the network itself.
	 * @return what is wrong with its id, or empty if nothing is
	 */
	Optional<Violation> network();

	/**
	 * Return the asset that is asked for where none is named.
	 * @return the asset, or empty if one has to be named
	 */
	Optional<Asset> defaultAsset();

	/**
	 * Check an asset.
	 * @param id the asset's id
	 * @return what is wrong with it, or empty if nothing is
	 */
	Optional<Violation> asset(String id);

	/**
	 * Check who is to be paid.
	 * @param text an address
	 * @return what is wrong with it, or empty if nothing is
	 */
	Optional<Violation> address(String text);

	/**
	 * Tell whether a text is what a ledger of the network knows a transaction by.
	 * @param text what stands for a transaction in a receipt
	 * @return whether it has the form of one
	 */
	boolean isTransaction(String text);

	/**
	 * Return what the signatures of wallets cover, so that they are good on this network
	 * alone.
	 * @return the network's passphrase, or empty where the page that people pay on knows
	 * no wallets
	 */
	Optional<String> passphrase();

	/**
	 * Tell whether what is paid may be play money.
	 * @return whether local ledgers answer to this network
	 */
	boolean isForTests();

	/**
	 * Find the rules of a network.
	 * @param network a CAIP-2 id
	 * @return its rules, which check nothing on networks that are not known
	 */
	static NetworkRules of(String network) {
		return network.startsWith(StellarRules.NAMESPACE) ? new StellarRules(network) : new UncheckedRules(network);
	}

	/**
	 * Something that is wrong with a value.
	 *
	 * @param problem what the value is, as the end of a sentence, without the value
	 * @param remedy what to set it to, as the end of a sentence that starts with "Set"
	 */
	record Violation(String problem, String remedy) {
	}

}
