package io.github.x402sessions.test.devnet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.devnet.StellarDevnet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Pays for real on the ledger of a test with {@link AutoConfigureX402Devnet}: an account
 * with USDC and a session of all of it. Thread-safe.
 */
public final class DevnetPayer {

	private final SessionSigner signer = SessionSigner.random();

	private final StellarDevnet devnet;

	private final URI facilitator;

	private final String recipient;

	private final BigDecimal funds;

	private final Environment environment;

	private @Nullable Session session;

	/**
	 * Open the account.
	 * @param funds decimal USDC
	 * @param environment knows the application's port, once there is one
	 */
	DevnetPayer(StellarDevnet devnet, URI facilitator, String recipient, BigDecimal funds, Environment environment) {
		this.environment = environment;
		this.devnet = devnet;
		this.facilitator = facilitator;
		this.recipient = recipient;
		this.funds = funds;
		devnet.fund(address());
		devnet.faucet(address(), funds);
	}

	/**
	 * Return who pays.
	 * @return the payer's address
	 */
	public String address() {
		return this.signer.accountId();
	}

	/**
	 * Return what the payer has left.
	 * @return USDC in base units, of which one has 10 000 000
	 */
	public BigInteger balance() {
		return this.devnet.usdcBalance(address());
	}

	/**
	 * Return the session, which is opened when it is first asked for and lasts an hour.
	 * It pays the application alone, at {@code localhost}.
	 * @return a session of all that the payer has had to begin with
	 */
	public synchronized Session session() {
		Session session = this.session;
		if (session == null) {
			session = SessionClient.builder()
				.signer(this.signer)
				.facilitator(this.facilitator)
				.recipient(this.recipient)
				.cap(this.funds.toPlainString())
				.expiresIn(Duration.ofHours(1))
				.allowedOrigins(origin("http"), origin("https"))
				.open();
			this.session = session;
		}
		return session;
	}

	private URI origin(String scheme) {
		String port = this.environment.getProperty("local.server.port");
		return URI.create(scheme + "://localhost" + ((port != null) ? ":" + port : ""));
	}

	/**
	 * Return a client that pays with the session where it is asked to.
	 * @return a client like any other
	 */
	public HttpClient httpClient() {
		return session().httpClient();
	}

}
