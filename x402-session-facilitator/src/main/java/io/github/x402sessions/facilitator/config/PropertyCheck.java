package io.github.x402sessions.facilitator.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.stellar.account.AccountKey;

/**
 * The invariants of {@link FacilitatorProperties}. Each failure names the property and
 * what to do.
 */
final class PropertyCheck {

	/**
	 * A file's name, before any options; without one SQLite uses a nameless, short-lived
	 * file.
	 */
	private static final Pattern SQLITE_FILE = Pattern.compile("jdbc:sqlite:(file:)?+[^?\\s].*");

	private static final Pattern POSTGRESQL = Pattern.compile("jdbc:postgresql:\\S+");

	private static final Pattern IN_MEMORY = Pattern.compile(":memory:|mode=memory|vfs=memdb",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern TRAILING = Pattern.compile("/+$");

	private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/?#\\s*]+");

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private PropertyCheck() {
	}

	/** Check a secret seed, and return it without blanks around it. */
	static String seed(String name, String seed) {
		try {
			AccountKey.of(seed.trim());
			return seed.trim();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(name, "is not the secret seed of a Stellar account",
					"Set it to the 56 characters that begin with S, without quotes or blanks.");
		}
	}

	static Network network(String network) {
		try {
			return Network.of(network);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException("network", "'" + network + "' is not known",
					"Set it to stellar:testnet or stellar:pubnet.");
		}
	}

	static String rpcUrl(String name, String url) {
		try {
			URI uri = URI.create(url);
			if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
				return url;
			}
		}
		catch (IllegalArgumentException ex) {
			// Falls through to the same message.
		}
		throw new InvalidPropertyException(name, "it is not an absolute http or https URL",
				"Set it to the JSON-RPC endpoint of a Stellar node, such as http://localhost:8000/rpc.");
	}

	/** The same node named twice would be its own witness. */
	static void distinct(String name, List<String> urls) {
		if (urls.stream().map(PropertyCheck::endpoint).distinct().count() < urls.size()) {
			throw new InvalidPropertyException(name, "repeats an endpoint, or that of rpc-url",
					"List further endpoints, of other providers, each of them once.");
		}
	}

	/** However it is written; a user's name makes no other endpoint of it. */
	private static String endpoint(String url) {
		URI uri = URI.create(url).normalize();
		int port = (uri.getPort() >= 0) ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
		return uri.getHost().toLowerCase(Locale.ROOT) + ":" + port + TRAILING.matcher(uri.getRawPath()).replaceAll("")
				+ "?" + uri.getRawQuery();
	}

	static void asset(String asset) {
		if (!StellarAddress.isContract(asset)) {
			throw new InvalidPropertyException("assets", "has '" + asset + "', which is not a contract id",
					"List the contract ids of Stellar assets: 56 characters that begin with C.");
		}
	}

	static void recipient(String name, String recipient) {
		if (!StellarAddress.isAccount(recipient) && !StellarAddress.isContract(recipient)) {
			throw new InvalidPropertyException(name, "has '" + recipient + "', which is not an address",
					"List Stellar addresses: 56 characters that begin with G or C.");
		}
	}

	static void price(String name, String price, Asset asset) {
		try {
			if (asset.toBaseUnits(price).signum() > 0) {
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			// Falls through to the same message.
		}
		throw new InvalidPropertyException(name, "'" + price + "' is not a price",
				"Set it to a positive decimal with at most " + asset.decimals() + " decimals, such as 1.00.");
	}

	static void atLeastZero(String name, long value) {
		if (value < 0) {
			throw new InvalidPropertyException(name, "is negative", "Set it to a positive number, or 0 for no limit.");
		}
	}

	static void origin(String origin) {
		if (!ORIGIN.matcher(origin).matches()) {
			throw new InvalidPropertyException("access.cors-origins", "has '" + origin + "', which is not an origin",
					"List origins such as https://shop.example, without a path, or * for any.");
		}
	}

	/**
	 * A network without anything to lose: the test network, at a node on this machine.
	 */
	static boolean isLocalTestNetwork(Network network, String rpcUrl) {
		return network == Network.STELLAR_TESTNET
				&& Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(URI.create(rpcUrl).getHost()));
	}

	/** Books in memory would forget who has paid. */
	static void databaseUrl(String url) {
		boolean file = SQLITE_FILE.matcher(url).matches() && !IN_MEMORY.matcher(url).find();
		if (!file && !POSTGRESQL.matcher(url).matches()) {
			throw new InvalidPropertyException("database-url", "is not the URL of a SQLite file or of PostgreSQL",
					"Set it to a file that outlives the process, such as jdbc:sqlite:x402-facilitator.db, or to"
							+ " jdbc:postgresql://host/database.");
		}
	}

	/** What the ledger counts in seconds. */
	static void seconds(String name, Duration value) {
		duration(name, value, Duration.ofSeconds(1));
		if (value.toNanosPart() != 0) {
			throw new InvalidPropertyException(name, "is not a number of seconds", "Set it to whole seconds.");
		}
	}

	static void duration(String name, Duration value, Duration shortest) {
		if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
			throw new InvalidPropertyException(name, "is out of range",
					"Set it to at least " + shortest.toMillis() + "ms and at most " + LONGEST.toMinutes() + "m.");
		}
	}

}
