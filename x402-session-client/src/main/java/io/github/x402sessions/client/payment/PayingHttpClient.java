package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that answers one 402 per request with a payment, where the
 * {@link SessionPayer} agrees, and hands everything else to the caller as it is.
 */
final class PayingHttpClient extends HttpClient {

	private final HttpClient plain;

	private final SessionPayer payer;

	PayingHttpClient(HttpClient plain, SessionPayer payer) {
		this.plain = plain;
		this.payer = payer;
	}

	@Override
	public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
			throws IOException, InterruptedException {
		if (!this.payer.mayPayFor(request)) {
			return this.plain.send(request, handler);
		}
		ChallengeHandler<T> first = new ChallengeHandler<>(request, this.payer, handler);
		try {
			HttpResponse<T> response = this.plain.send(first.firstRequest(), first);
			if (first.paidRequest().isEmpty()) {
				return new CallersResponse<>(request, response);
			}
		}
		catch (IOException ex) {
			if (first.paidRequest().isEmpty()) {
				throw ex;
			}
			// The 402 was understood; that its body broke off does not matter.
		}
		if (Thread.interrupted()) {
			throw new InterruptedException("interrupted before the payment");
		}
		return new CallersResponse<>(request, this.plain.send(first.paidRequest().orElseThrow(), handler));
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
		return sendAsync(request, handler, null);
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler,
			HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
		if (!this.payer.mayPayFor(request)) {
			return exchange(request, handler, pushes);
		}
		return new PaidExchange<>(request, this.payer, handler, (sent, answer) -> exchange(sent, answer, pushes))
			.start();
	}

	private <T> CompletableFuture<HttpResponse<T>> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler,
			HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
		return (pushes != null) ? this.plain.sendAsync(request, handler, pushes)
				: this.plain.sendAsync(request, handler);
	}

	@Override
	public WebSocket.Builder newWebSocketBuilder() {
		throw new UnsupportedOperationException("a session pays for HTTP requests, not for WebSockets");
	}

	@Override
	public Optional<CookieHandler> cookieHandler() {
		return this.plain.cookieHandler();
	}

	@Override
	public Optional<Duration> connectTimeout() {
		return this.plain.connectTimeout();
	}

	@Override
	public Redirect followRedirects() {
		return this.plain.followRedirects();
	}

	@Override
	public Optional<ProxySelector> proxy() {
		return this.plain.proxy();
	}

	@Override
	public SSLContext sslContext() {
		return this.plain.sslContext();
	}

	@Override
	public SSLParameters sslParameters() {
		return this.plain.sslParameters();
	}

	@Override
	public Optional<Authenticator> authenticator() {
		return this.plain.authenticator();
	}

	@Override
	public Version version() {
		return this.plain.version();
	}

	@Override
	public Optional<Executor> executor() {
		return this.plain.executor();
	}

}
