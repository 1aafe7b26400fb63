package io.github.x402sessions.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.x402sessions.devnet.fault.Faults;
import io.github.x402sessions.devnet.fault.plan.FaultPlan;
import io.github.x402sessions.devnet.http.DevnetServer;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.Trustline;
import io.github.x402sessions.devnet.network.ContractAccounts;
import io.github.x402sessions.devnet.network.LedgerCloseTimer;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.UsdcAmount;
import io.github.x402sessions.devnet.network.state.StateFile;
import io.github.x402sessions.devnet.rpc.RpcMethods;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.jspecify.annotations.Nullable;

/**
 * A running local Stellar network: JSON-RPC, friendbot and a USDC faucet over HTTP, and
 * the same network under the hand of a test. Thread-safe.
 *
 * <pre class="code">
 * try (StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ZERO).start()) {
 *     devnet.fund(account);
 *     devnet.faucet(account, new BigDecimal("25"));
 *     devnet.closeLedger();
 * }
 * </pre>
 */
public final class StellarDevnet implements AutoCloseable {

	private final LocalNetwork network;

	private final ContractAccounts contractAccounts;

	private final LedgerCloseTimer clock;

	private final FaultPlan faults;

	private final DevnetServer server;

	private final URI uri;

	private final @Nullable StateFile file;

	private StellarDevnet(LocalNetwork network, LedgerCloseTimer clock, FaultPlan faults, DevnetServer server, URI uri,
			@Nullable StateFile file) {
		this.network = network;
		this.contractAccounts = new ContractAccounts(network);
		this.clock = clock;
		this.faults = faults;
		this.server = server;
		this.uri = uri;
		this.file = file;
	}

	public static StellarDevnetBuilder builder() {
		return new StellarDevnetBuilder();
	}

	static StellarDevnet start(StellarDevnetBuilder options) {
		DevnetServer server = bind(options);
		String host = options.address().isLoopbackAddress() ? "localhost" : options.address().getHostAddress();
		URI uri = URI.create("http://" + host + ":" + server.port());
		FaultPlan faults = new FaultPlan();
		StateFile file = (options.stateFile() != null) ? new StateFile(options.stateFile(), options.parameters())
				: null;
		LocalNetwork network = network(options, faults, file, server);
		server.start(network, RpcMethods.over(network, options.interval(), uri + "/friendbot"),
				options.fundingTimeout(), faults);
		return new StellarDevnet(network, LedgerCloseTimer.start(network, faults, options.interval()), faults, server,
				uri, file);
	}

	private static LocalNetwork network(StellarDevnetBuilder options, FaultPlan faults, @Nullable StateFile file,
			DevnetServer server) {
		try {
			return new LocalNetwork(options.parameters(), options.clock(), options.interval(), faults, file);
		}
		catch (RuntimeException ex) {
			server.close();
			throw ex;
		}
	}

	private static DevnetServer bind(StellarDevnetBuilder options) {
		InetSocketAddress address = new InetSocketAddress(options.address(), options.port());
		try {
			DevnetServer server = DevnetServer.bind(address, options.httpsPort());
			writeAuthority(server, options.caFile());
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot listen on " + address
					+ ((options.httpsPort() != null) ? " and port " + options.httpsPort() : ""), ex);
		}
	}

	private static void writeAuthority(DevnetServer server, @Nullable Path file) {
		String authority = server.authority().orElse(null);
		if (file != null && authority != null) {
			try {
				Files.writeString(file, authority);
			}
			catch (IOException ex) {
				server.close();
				throw new UncheckedIOException("Cannot write the certificate to " + file, ex);
			}
		}
	}

	/** The JSON-RPC address, {@code http://localhost:PORT/rpc}. */
	public URI rpcUri() {
		return this.uri.resolve("/rpc");
	}

	/**
	 * The JSON-RPC address for clients that speak HTTPS only.
	 * @throws IllegalStateException if the network was started without
	 * {@link StellarDevnetBuilder#httpsPort}
	 */
	public URI httpsRpcUri() {
		int port = this.server.httpsPort().orElseThrow(() -> new IllegalStateException("no HTTPS is spoken here"));
		return URI.create("https://" + this.uri.getHost() + ":" + port + "/rpc");
	}

	/**
	 * The certificate of the authority that signed the server's, PEM.
	 * @throws IllegalStateException if no HTTPS is spoken
	 */
	public String caCertificate() {
		return this.server.authority().orElseThrow(() -> new IllegalStateException("no HTTPS is spoken here"));
	}

	/** Opens accounts by {@code ?addr=G…}. */
	public URI friendbotUri() {
		return this.uri.resolve("/friendbot");
	}

	/**
	 * The admin endpoint: ledgers by hand, faults and restarts for those without Java.
	 */
	public URI adminUri() {
		return this.uri.resolve("/devnet");
	}

	/** Pays test USDC by {@code ?addr=G…&amount=100}. */
	public URI faucetUri() {
		return this.uri.resolve("/faucet");
	}

	public String networkPassphrase() {
		return this.network.parameters().passphrase();
	}

	/** The {@code C…} address of the USDC contract. */
	public String usdcContract() {
		return this.network.parameters().usdc().contract();
	}

	/** The account that issues USDC. */
	public String usdcIssuer() {
		return this.network.parameters().usdcIssuer();
	}

	/** The sequence number of the latest closed ledger. */
	public long latestLedger() {
		return this.network.latest().sequence();
	}

	/**
	 * Closes a ledger now, also when the clock is paused.
	 * @return its sequence number
	 */
	public long closeLedger() {
		return this.network.close().sequence();
	}

	/**
	 * Opens an account with 10 000 XLM at once, without waiting for a ledger. An account
	 * that exists is left as it is.
	 * @throws IllegalArgumentException if it is not a {@code G…} account id
	 */
	public void fund(String accountId) {
		this.network.openNow(checked(accountId));
	}

	/** Whether an account is open. */
	public boolean hasAccount(String accountId) {
		checked(accountId);
		return this.network.read((state) -> state.account(accountId) != null);
	}

	/**
	 * Opens a contract account at once: a {@code C…} address whose {@code __check_auth}
	 * takes the signature of any of its signers, in the form of an account's. It can hold
	 * and pay USDC, which {@link #faucet} gives it.
	 * @param signers the {@code G…} addresses of the keys
	 * @return its address
	 * @throws IllegalArgumentException if there is no signer, or one is no key
	 */
	public String contractAccount(String... signers) {
		return this.contractAccounts.open(List.of(signers), null);
	}

	/**
	 * Opens a contract account as {@link #contractAccount(String...)} does, that consents
	 * to no call with an amount above a limit.
	 * @param spendingLimit decimal USDC
	 */
	public String contractAccount(BigDecimal spendingLimit, String... signers) {
		return this.contractAccounts.open(List.of(signers),
				BigInteger.valueOf(UsdcAmount.of(spendingLimit).baseUnits()));
	}

	/**
	 * Pays test USDC at once, through a trustline that is opened if it is missing, or to
	 * a contract, which needs none.
	 * @param amount decimal USDC; 0 opens the trustline only
	 * @throws IllegalArgumentException if the address or the amount is none
	 * @throws IllegalStateException if the account does not exist or cannot hold that
	 * much
	 */
	public void faucet(String address, BigDecimal amount) {
		long baseUnits = UsdcAmount.of(amount).baseUnits();
		if (Strkeys.isContractAddress(address)) {
			this.contractAccounts.grant(address, baseUnits);
		}
		else {
			this.network.grantNow(checked(address), baseUnits);
		}
	}

	/**
	 * The USDC of an account or contract in base units, 0 without a trustline.
	 * @throws IllegalArgumentException if it is neither a {@code G…} nor a {@code C…}
	 * address
	 */
	public BigInteger usdcBalance(String accountId) {
		if (Strkeys.isContractAddress(accountId)) {
			return this.contractAccounts.balance(accountId);
		}
		checked(accountId);
		return this.network.read((state) -> {
			Trustline line = state.trustline(accountId, this.network.parameters().usdc().asset());
			return (line != null) ? BigInteger.valueOf(line.balance()) : BigInteger.ZERO;
		});
	}

	/**
	 * Archives a contract at once, as if its life had passed: its instance has to be
	 * restored before anybody can use it, which calls do that say so.
	 * @param contract its {@code C…} address
	 * @throws IllegalArgumentException if there is no such contract
	 */
	public void archiveContract(String contract) {
		if (!Strkeys.isContractAddress(contract)) {
			throw new IllegalArgumentException("not a contract: " + contract);
		}
		this.network.archive(EntryKey.instance(contract));
	}

	/**
	 * Archives a persistent contract entry at once, such as a contract's balance.
	 * @param ledgerKey its {@code LedgerKey}, base64 XDR
	 * @throws IllegalArgumentException if there is no such entry
	 */
	public void archive(String ledgerKey) {
		this.network.archive(EntryKey.parse(ledgerKey));
	}

	/**
	 * Restarts the node: what waits for a ledger is lost, the ledgers are kept.
	 */
	public void restart() {
		this.network.restart();
	}

	/**
	 * Forgets all ledgers but the last four and what happened in them, as nodes do after
	 * a week. Accounts and contracts' data stay.
	 */
	public void forget() {
		this.network.forget();
	}

	/**
	 * Starts the network anew from its first ledger, as testnet resets do: accounts,
	 * contracts' data and transactions are gone.
	 */
	public void reset() {
		this.network.reset();
	}

	/** Faults to be played. */
	public Faults faults() {
		return this.faults;
	}

	private static String checked(String accountId) {
		if (!Strkeys.isAccount(accountId)) {
			throw new IllegalArgumentException("not an account id: " + accountId);
		}
		return accountId;
	}

	/**
	 * Stops the clock and the server; everything in the network that is kept in no file
	 * is forgotten.
	 */
	@Override
	public void close() {
		this.clock.close();
		this.server.close();
		if (this.file != null) {
			this.file.close();
		}
	}

}
