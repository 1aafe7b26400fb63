package io.github.x402sessions.client;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Pays what servers ask by whatever scheme they take, within one set of limits: call by
 * call ({@code exact}), or with sessions. Thread-safe.
 *
 * <pre class="code">
 * X402Client client = X402Client.builder()
 *     .signer(SessionSigner.ofSecret(secret))
 *     .maxPerCall("0.10")
 *     .allowedOrigins(URI.create("https://api.example"))
 *     .build();
 * HttpResponse&lt;String&gt; answer = client.httpClient().send(request, BodyHandlers.ofString());
 * </pre>
 */
public final class X402Client {

	private final Payments payments;

	private final @Nullable SessionWallet wallet;

	private final SchemePreference preference;

	X402Client(Payments payments, @Nullable SessionWallet wallet, SchemePreference preference) {
		this.payments = payments;
		this.wallet = wallet;
		this.preference = preference;
	}

	/**
	 * Start to describe a client.
	 * @return a builder with the defaults
	 */
	public static X402ClientBuilder builder() {
		return new X402ClientBuilder();
	}

	/**
	 * Return the HTTP client that pays, as {@link Payments#httpClient()} does.
	 * @return a client, the same one until it is closed
	 */
	public HttpClient httpClient() {
		return this.payments.httpClient();
	}

	/**
	 * Return what pays for the calls of other HTTP clients than the JDK's.
	 * @return the payments of this client
	 */
	public Payments payments() {
		return this.payments;
	}

	/**
	 * Return the sessions that are open.
	 * @return a copy, by recipient
	 */
	public Map<String, Session> sessions() {
		SessionWallet opened = this.wallet;
		return (opened != null) ? opened.sessions() : Map.of();
	}

	/**
	 * Return what opens the sessions, to save them or to take up saved ones.
	 * @return the wallet, or empty if this client opens none
	 */
	public Optional<SessionWallet> wallet() {
		return Optional.ofNullable(this.wallet);
	}

	/**
	 * Close all sessions and take their allowances back.
	 * @throws io.github.x402sessions.client.opening.SessionNotClosedException if an
	 * allowance stands, or perhaps stands
	 */
	public void close() {
		SessionWallet opened = this.wallet;
		if (opened != null) {
			opened.close();
		}
	}

	@Override
	public String toString() {
		return "X402Client[preference=" + this.preference + ", sessions=" + sessions().size() + "]";
	}

}
