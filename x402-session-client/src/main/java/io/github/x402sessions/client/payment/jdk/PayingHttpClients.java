package io.github.x402sessions.client.payment.jdk;

import java.net.http.HttpClient;

import io.github.x402sessions.client.payment.PaidCallFactory;
import io.github.x402sessions.client.payment.PaymentOptions;
import org.jspecify.annotations.Nullable;

/**
 * Hands out clients of the JDK that pay: one of its own that all share, and as many as
 * are asked for by clients of the caller's. Thread-safe.
 */
public final class PayingHttpClients {

	private final PaidCallFactory calls;

	private final PaymentOptions options;

	private @Nullable PayingHttpClient shared;

	/**
	 * Create it; no client is started yet.
	 * @param calls pays for requests
	 * @param options how to connect, and whether to follow redirects
	 */
	public PayingHttpClients(PaidCallFactory calls, PaymentOptions options) {
		this.calls = calls;
		this.options = options;
	}

	/**
	 * Return the client that all share.
	 * @return a client, the same one until it is closed
	 */
	public synchronized HttpClient shared() {
		PayingHttpClient known = this.shared;
		if (known == null || known.isEnded()) {
			HttpClient own = HttpClient.newBuilder()
				.followRedirects(HttpClient.Redirect.NEVER)
				.connectTimeout(this.options.connectTimeout())
				.build();
			known = paying(own, new ClientEnd(own));
			this.shared = known;
		}
		return known;
	}

	/**
	 * Return a client that pays and sends by another one.
	 * @param plain sends what is to be sent
	 * @return a client, a new one every time
	 * @throws IllegalArgumentException if the other one follows redirects by itself,
	 * along which the session's id would travel, or pays already
	 */
	public HttpClient by(HttpClient plain) {
		if (plain instanceof PayingHttpClient) {
			throw new IllegalArgumentException("the client pays already");
		}
		if (plain.followRedirects() != HttpClient.Redirect.NEVER) {
			throw new IllegalArgumentException("a client that pays must not follow redirects by itself");
		}
		return paying(plain, ClientEnd.OF_ANOTHERS);
	}

	private PayingHttpClient paying(HttpClient plain, ClientEnd end) {
		return new PayingHttpClient(plain, this.calls, this.options.followingRedirects() ? Redirection.MAX : 0, end);
	}

}
