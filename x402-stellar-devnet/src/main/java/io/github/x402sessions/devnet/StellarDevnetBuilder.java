package io.github.x402sessions.devnet;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

import io.github.x402sessions.devnet.network.state.NetworkParameters;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a {@link StellarDevnet}. The defaults are those of Stellar's test network, on
 * any free port of the loopback interface.
 */
public final class StellarDevnetBuilder {

	private static final String TESTNET_PASSPHRASE = "Test SDF Network ; September 2015";

	private static final String CIRCLE_TESTNET_ISSUER = "GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5";

	private static final int OLDEST_PROTOCOL = 23;

	private static final int NEWEST_PROTOCOL = 28;

	private static final int HIGHEST_PORT = 65_535;

	private int port;

	private @Nullable Integer httpsPort;

	private @Nullable Path caFile;

	private @Nullable Path stateFile;

	private InetAddress address = InetAddress.getLoopbackAddress();

	private int protocol = 27;

	private Duration interval = Duration.ofSeconds(5);

	private String issuer = CIRCLE_TESTNET_ISSUER;

	private String passphrase = TESTNET_PASSPHRASE;

	private Duration fundingTimeout = Duration.ofSeconds(30);

	private Clock clock = Clock.systemUTC();

	StellarDevnetBuilder() {
	}

	/**
	 * Sets the port.
	 * @param port a port, or 0 for any free one
	 * @throws IllegalArgumentException if it is not between 0 and 65535
	 */
	public StellarDevnetBuilder port(int port) {
		this.port = checked("port", port);
		return this;
	}

	/**
	 * Speaks HTTPS as well, by a certificate of an authority that is made at the start:
	 * {@link StellarDevnet#caCertificate()}. Needs Bouncy Castle on the class path.
	 * @param port a port, or 0 for any free one
	 * @throws IllegalArgumentException if it is not between 0 and 65535
	 */
	public StellarDevnetBuilder httpsPort(int port) {
		this.httpsPort = checked("httpsPort", port);
		return this;
	}

	/**
	 * Writes the certificate of the authority to a file, in which clients find it: Node
	 * by {@code NODE_EXTRA_CA_CERTS}.
	 * @param file the file, which is overwritten; used only with {@link #httpsPort}
	 */
	public StellarDevnetBuilder caFile(Path file) {
		this.caFile = Objects.requireNonNull(file, "file");
		return this;
	}

	/**
	 * Keeps the network in a file: ledgers, entries and transactions are there again at
	 * the next start with it, also after the process was killed. Only one network may use
	 * a file at a time.
	 * @param file the file, which is made if it is missing
	 */
	public StellarDevnetBuilder stateFile(Path file) {
		this.stateFile = Objects.requireNonNull(file, "file");
		return this;
	}

	private static int checked(String name, int port) {
		if (port < 0 || port > HIGHEST_PORT) {
			throw new IllegalArgumentException(name + " is not between 0 and 65535: " + port);
		}
		return port;
	}

	/** Sets the interface to listen on. */
	public StellarDevnetBuilder bindAddress(InetAddress address) {
		this.address = Objects.requireNonNull(address, "address");
		return this;
	}

	/**
	 * Sets the time between ledgers.
	 * @param interval at least 1 ms, or zero to close ledgers only by
	 * {@link StellarDevnet#closeLedger()}
	 * @throws IllegalArgumentException if it is negative or shorter than 1 ms
	 */
	public StellarDevnetBuilder ledgerInterval(Duration interval) {
		if (interval.isNegative() || (!interval.isZero() && interval.toMillis() == 0)) {
			throw new IllegalArgumentException("ledgerInterval is neither zero nor at least 1 ms: " + interval);
		}
		this.interval = interval;
		return this;
	}

	/**
	 * Sets the account that issues USDC, on which the USDC contract's address depends.
	 * @throws IllegalArgumentException if it is not a {@code G…} account id
	 */
	public StellarDevnetBuilder usdcIssuer(String accountId) {
		if (!Strkeys.isAccount(accountId)) {
			throw new IllegalArgumentException("usdcIssuer is not an account id: " + accountId);
		}
		this.issuer = accountId;
		return this;
	}

	/**
	 * Sets the protocol version: 27 by default. Since 26 the asset contract has
	 * {@code trust}, since 27 consent may be given by credentials that name the address.
	 * @param protocol 23 to 28
	 * @throws IllegalArgumentException if it is another one
	 */
	public StellarDevnetBuilder protocol(int protocol) {
		if (protocol < OLDEST_PROTOCOL || protocol > NEWEST_PROTOCOL) {
			throw new IllegalArgumentException("protocol is not between 23 and 28: " + protocol);
		}
		this.protocol = protocol;
		return this;
	}

	/** Sets the passphrase, on which all hashes and contract addresses depend. */
	public StellarDevnetBuilder networkPassphrase(String passphrase) {
		this.passphrase = Objects.requireNonNull(passphrase, "passphrase");
		return this;
	}

	/**
	 * Sets how long friendbot and faucet wait for a ledger before they give up.
	 */
	public StellarDevnetBuilder fundingTimeout(Duration timeout) {
		this.fundingTimeout = Objects.requireNonNull(timeout, "timeout");
		return this;
	}

	/** Sets the clock that close times follow. */
	public StellarDevnetBuilder clock(Clock clock) {
		this.clock = Objects.requireNonNull(clock, "clock");
		return this;
	}

	/**
	 * Starts the network.
	 * @throws java.io.UncheckedIOException if the port is taken, or a file cannot be used
	 * @throws IllegalArgumentException if the state file is no state of this network
	 */
	public StellarDevnet start() {
		return StellarDevnet.start(this);
	}

	int port() {
		return this.port;
	}

	@Nullable Integer httpsPort() {
		return this.httpsPort;
	}

	@Nullable Path stateFile() {
		return this.stateFile;
	}

	@Nullable Path caFile() {
		return this.caFile;
	}

	InetAddress address() {
		return this.address;
	}

	Duration interval() {
		return this.interval;
	}

	Duration fundingTimeout() {
		return this.fundingTimeout;
	}

	Clock clock() {
		return this.clock;
	}

	NetworkParameters parameters() {
		return new NetworkParameters(this.passphrase, this.issuer, this.protocol);
	}

}
