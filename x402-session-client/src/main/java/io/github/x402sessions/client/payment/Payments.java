package io.github.x402sessions.client.payment;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.github.x402sessions.core.protocol.PaymentHeader;
import org.jspecify.annotations.Nullable;

/**
 * Pays for the calls of an HTTP client, whichever that is: every request becomes a
 * {@link PaidCall}. Thread-safe.
 */
public final class Payments {

	/** The request header by which a caller names a call that it may make again. */
	public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private final PayerSource source;

	private final PaymentOptions options;

	private final PaymentNews news;

	private final LearnedPrices prices = new LearnedPrices();

	private @Nullable PayingHttpClient client;

	/**
	 * Create the payments of one session or several.
	 * @param source finds who pays
	 * @param options how to pay
	 */
	public Payments(PayerSource source, PaymentOptions options) {
		this.source = source;
		this.options = options;
		this.news = new PaymentNews(options.listener());
	}

	/**
	 * Return the HTTP client that pays. A request that carries a payment already is sent
	 * as it is, and never by itself a second time. Since Java 21 clients can be closed:
	 * that ends this one for all who have it, and the next call makes another.
	 * @return a client, the same one until it is closed, that follows no redirects, or
	 * only those within an origin
	 */
	public synchronized HttpClient httpClient() {
		PayingHttpClient known = this.client;
		if (known == null || known.isEnded()) {
			HttpClient own = HttpClient.newBuilder()
				.followRedirects(HttpClient.Redirect.NEVER)
				.connectTimeout(this.options.connectTimeout())
				.build();
			known = paying(own, new ClientEnd(own));
			this.client = known;
		}
		return known;
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
		if (plain instanceof PayingHttpClient) {
			throw new IllegalArgumentException("the client pays already");
		}
		if (plain.followRedirects() != HttpClient.Redirect.NEVER) {
			throw new IllegalArgumentException("a client that pays must not follow redirects by itself");
		}
		return paying(plain, ClientEnd.OF_ANOTHERS);
	}

	private PayingHttpClient paying(HttpClient plain, ClientEnd end) {
		return new PayingHttpClient(plain, this, this.options.followingRedirects() ? Redirection.MAX : 0, end);
	}

	/**
	 * Start a call.
	 * @param method the HTTP method
	 * @param url the absolute URL that is requested
	 * @param headers the values of a request header by its name, which the function has
	 * to take in any case
	 * @return the call, or empty if the request carries a payment of its own, which is
	 * none of our business
	 */
	public Optional<PaidCall> call(String method, URI url, Function<String, List<String>> headers) {
		if (isPaid(headers)) {
			return Optional.empty();
		}
		return Optional.of(new PaidCall(this, method, url, IdempotencyKey.in(headers.apply(IDEMPOTENCY_KEY))));
	}

	/** Whether a request carries a payment already. */
	static boolean isPaid(Function<String, List<String>> headers) {
		return !headers.apply(PaymentHeader.SIGNATURE).isEmpty()
				|| !headers.apply(PaymentHeader.LEGACY_SIGNATURE).isEmpty();
	}

	PayerSource source() {
		return this.source;
	}

	Optional<LearnedPrices> prices() {
		return this.options.prepaying() ? Optional.of(this.prices) : Optional.empty();
	}

	void tell(PaymentEvent event) {
		this.news.tell(event);
	}

	@Override
	public String toString() {
		return "Payments[prepaying=" + this.options.prepaying() + "]";
	}

}
