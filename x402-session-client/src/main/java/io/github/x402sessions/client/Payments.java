package io.github.x402sessions.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.CallLimits;
import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.payment.PaidCallFactory;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.payment.jdk.PayingHttpClients;
import io.github.x402sessions.core.scheme.session.BodyHash;
import org.jspecify.annotations.Nullable;

/**
 * Pays for the calls of an HTTP client, whichever that is: every request becomes a
 * {@link PaidCall}. Thread-safe.
 */
public final class Payments {

	/** The request header by which a caller names a call that it may make again. */
	public static final String IDEMPOTENCY_KEY = PaidCallFactory.IDEMPOTENCY_KEY;

	private final PaymentOptions options;

	private final PaidCallFactory calls;

	private final PayingHttpClients clients;

	/**
	 * Create the payments of one session or several.
	 * @param payer pays what servers ask, before those that the options name
	 * @param options how to pay
	 */
	public Payments(Payer payer, PaymentOptions options) {
		this.options = options;
		this.calls = new PaidCallFactory(payer, options);
		this.clients = new PayingHttpClients(this.calls, options);
	}

	/**
	 * Return the HTTP client that pays. A request that carries a payment already is sent
	 * as it is, and never by itself a second time. Since Java 21 clients can be closed:
	 * that ends this one for all who have it, and the next call makes another.
	 * @return a client, the same one until it is closed, that follows no redirects, or
	 * only those within an origin
	 */
	public HttpClient httpClient() {
		return this.clients.shared();
	}

	/**
	 * Return an HTTP client that pays and sends by another one: with its trust store, its
	 * proxy and its time to connect. Closing it leaves the other one open.
	 * @param plain sends what is to be sent
	 * @return a client, a new one every time, that follows redirects as
	 * {@link #httpClient()} does
	 * @throws IllegalArgumentException if the other one follows redirects by itself,
	 * along which the session's id would travel, or pays already
	 */
	public HttpClient httpClient(HttpClient plain) {
		return this.clients.by(plain);
	}

	/**
	 * Return how long connecting may take, for clients of one's own.
	 * @return the limit of {@link #httpClient()}
	 */
	public Duration connectTimeout() {
		return this.options.connectTimeout();
	}

	/**
	 * Start a call of which nobody knows the body. What is signed says so, and a server
	 * may insist on knowing.
	 * @param method the HTTP method
	 * @param url the absolute URL that is requested
	 * @param headers the values of a request header by its name, which the function has
	 * to take in any case
	 * @return the call, or empty if the request carries a payment of its own, which is
	 * none of our business
	 */
	public Optional<PaidCall> call(String method, URI url, Function<String, List<String>> headers) {
		return call(method, url, headers, () -> BodyHash.UNKNOWN);
	}

	/**
	 * Start a call.
	 * @param method the HTTP method
	 * @param url the absolute URL that is requested
	 * @param headers the values of a request header by its name, which the function has
	 * to take in any case
	 * @param body tells the hash of the request's body as {@link BodyHash} writes it;
	 * asked where a payment is signed, so before a 402 only where the price is known
	 * @return the call, or empty if the request carries a payment of its own, which is
	 * none of our business
	 */
	public Optional<PaidCall> call(String method, URI url, Function<String, List<String>> headers,
			Supplier<String> body) {
		return this.calls.call(method, url, headers, body);
	}

	/**
	 * Start a call of a server's tool, over a transport that has neither methods nor
	 * headers, such as MCP. Its payment is signed for no body. Events name the tool by
	 * the server's URL with the tool's name as its fragment.
	 * @param server the server's URL, {@code http}, {@code https} or {@code mcp}, of an
	 * allowed origin; its query does not matter
	 * @param tool the tool's name
	 * @param key the caller's name for a call that it may make again, and that is paid
	 * once then; {@code null} if it has none
	 * @param limits limits of this call
	 * @return the call, which takes and gives the texts of JSON objects
	 * @throws IllegalArgumentException if that is no such URL
	 */
	public PaidCall toolCall(URI server, String tool, @Nullable String key, CallLimits limits) {
		return this.calls.toolCall(server, tool, key, limits);
	}

	/**
	 * Make a budget in what this client pays with, beside the client's own.
	 * @param most the most within a period, a decimal such as {@code 0.10}
	 * @param period the length of the period
	 * @return a budget, of which nothing is taken
	 * @throws IllegalArgumentException if one of them is not more than nothing, or the
	 * amount is no such decimal
	 */
	public Budget budget(String most, Duration period) {
		return Budget.of(this.options.network(), this.options.asset().id(),
				Amounts.units(this.options.asset(), most, "most"), Amounts.duration(period, "period"),
				this.options.clock());
	}

	/**
	 * Return who pays, for payments that have limits and a listener of their own: a
	 * decorator of it goes into other {@link #Payments(Payer, PaymentOptions) payments}.
	 * The budget and the listener of these are not part of it.
	 * @return the payer, with those that it is followed by
	 */
	public Payer payer() {
		return this.calls.payer();
	}

	@Override
	public String toString() {
		return "Payments[prepaying=" + this.options.prepaying() + "]";
	}

}
