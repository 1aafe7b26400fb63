package io.github.x402sessions.samples.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.facilitator.FacilitatorServer;
import io.github.x402sessions.stellar.account.AccountKey;
import org.springframework.util.FileSystemUtils;

/**
 * A ledger and a facilitator on it, with a funded spender and a merchant that can receive
 * USDC. Everything is new at each start and gone afterwards.
 */
public final class LocalStellar implements AutoCloseable {

	private final StellarDevnet devnet;

	private final FacilitatorServer facilitator;

	private final String merchant;

	private final String merchantKey;

	private final Path folder;

	private LocalStellar(StellarDevnet devnet, FacilitatorServer facilitator, String merchant, String merchantKey,
			Path folder) {
		this.devnet = devnet;
		this.facilitator = facilitator;
		this.merchant = merchant;
		this.merchantKey = merchantKey;
		this.folder = folder;
	}

	/**
	 * Start both and wait until they serve.
	 * @param settings ports and the like
	 * @return the running pair, to be closed
	 */
	public static LocalStellar start(LocalSettings settings) {
		Path folder = newFolder();
		try {
			return start(settings, folder);
		}
		catch (RuntimeException ex) {
			delete(folder);
			throw ex;
		}
	}

	private static LocalStellar start(LocalSettings settings, Path folder) {
		StellarDevnet devnet = StellarDevnet.builder()
			.port(settings.devnetPort())
			.httpsPort(settings.devnetHttpsPort())
			.caFile(authority(folder))
			.ledgerInterval(settings.ledgerInterval())
			.start();
		try {
			String merchant = merchant(devnet, settings);
			String key = UUID.randomUUID().toString();
			FacilitatorServer facilitator = FacilitatorServer
				.start(facilitatorProperties(devnet, settings, merchant, key, folder));
			return new LocalStellar(devnet, facilitator, merchant, key, folder);
		}
		catch (RuntimeException ex) {
			devnet.close();
			throw ex;
		}
	}

	private static Path newFolder() {
		try {
			return Files.createTempDirectory("local-stellar");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path folder) {
		try {
			FileSystemUtils.deleteRecursively(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path authority(Path folder) {
		return folder.resolve("ca.pem");
	}

	private static String merchant(StellarDevnet devnet, LocalSettings settings) {
		String merchant = (settings.payTo() != null) ? settings.payTo() : AccountKey.random().address();
		devnet.fund(merchant);
		devnet.faucet(merchant, BigDecimal.ZERO);
		return merchant;
	}

	private static Map<String, String> facilitatorProperties(StellarDevnet devnet, LocalSettings settings,
			String merchant, String key, Path folder) {
		Map<String, String> properties = new LinkedHashMap<>();
		settings.facilitator().forEach((name, value) -> properties.put("facilitator." + name, value));
		String secret = properties.computeIfAbsent("facilitator.secret", (name) -> AccountKey.randomSecret());
		devnet.fund(AccountKey.of(secret).address());
		properties.putIfAbsent("facilitator.rpc-url", devnet.rpcUri().toString());
		properties.putIfAbsent("facilitator.database-url", "jdbc:sqlite:" + folder.resolve("facilitator.db"));
		if (properties.keySet().stream().noneMatch((name) -> name.startsWith("facilitator.recipients"))) {
			properties.put("facilitator.recipients", merchant);
		}
		if (properties.keySet().stream().noneMatch((name) -> name.startsWith("facilitator.access.keys"))) {
			properties.put("facilitator.access.keys[0].name", "merchant");
			properties.put("facilitator.access.keys[0].hash", Sha256.hex(key));
			properties.put("facilitator.access.keys[0].recipients", merchant);
		}
		properties.put("server.port", Integer.toString(settings.facilitatorPort()));
		return properties;
	}

	/**
	 * Return the facilitator.
	 * @return the running facilitator
	 */
	public FacilitatorServer facilitator() {
		return this.facilitator;
	}

	/**
	 * Return where the ledger is.
	 * @return the URL of its JSON-RPC
	 */
	public String rpcUrl() {
		return this.devnet.rpcUri().toString();
	}

	/**
	 * Return where the ledger's faucet is.
	 * @return the base URL of the ledger's server
	 */
	public String devnetUrl() {
		return this.devnet.rpcUri().resolve("/").toString();
	}

	/**
	 * Return where the ledger is for clients that speak HTTPS only, such as
	 * {@code AssembledTransaction} of Stellar's JavaScript SDK.
	 * @return the HTTPS URL of its JSON-RPC
	 */
	public String httpsRpcUrl() {
		return this.devnet.httpsRpcUri().toString();
	}

	/**
	 * Return the certificate that {@link #httpsRpcUrl()} is trusted by. It is made at the
	 * start and no machine knows it: a client is told to trust it, Node by
	 * {@code NODE_EXTRA_CA_CERTS}.
	 * @return a PEM file, which is gone after {@link #close()}
	 */
	public Path caFile() {
		return authority(this.folder);
	}

	/**
	 * Return who is paid.
	 * @return the merchant's address
	 */
	public String merchant() {
		return this.merchant;
	}

	/**
	 * Return what the facilitator knows the merchant by, unless the settings have keys of
	 * their own.
	 * @return the value of {@code Authorization}
	 */
	public String merchantAuthorization() {
		return "Bearer " + this.merchantKey;
	}

	/**
	 * Open an account, if it is not there, and give it play money.
	 * @param account its address
	 * @param usdc how much, in whole tokens
	 */
	public void fund(String account, BigDecimal usdc) {
		this.devnet.fund(account);
		this.devnet.faucet(account, usdc);
	}

	/**
	 * Ask the ledger what an account has.
	 * @param account its address
	 * @return its USDC, base units
	 */
	public BigInteger usdc(String account) {
		return this.devnet.usdcBalance(account);
	}

	@Override
	public void close() {
		this.facilitator.close();
		this.devnet.close();
		delete(this.folder);
	}

}
