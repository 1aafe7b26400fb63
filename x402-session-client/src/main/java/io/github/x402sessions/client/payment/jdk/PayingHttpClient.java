package io.github.x402sessions.client.payment.jdk;

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

import io.github.x402sessions.client.payment.PaidCall;
import io.github.x402sessions.client.payment.PaidCallFactory;
import io.github.x402sessions.core.protocol.PaymentHeader;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that answers the 402 of a request with a payment, where the rules of who
 * pays agree, and hands everything else to the caller as it is.
 */
final class PayingHttpClient extends HttpClient {

	private final HttpClient plain;

	private final PaidCallFactory calls;

	private final int redirects;

	private final ClientEnd end;

	private volatile boolean ended;

	/**
	 * Create a client.
	 * @param plain sends what is to be sent, and follows no redirects
	 * @param calls pays
	 * @param redirects how many redirects to follow within an origin
	 * @param end ends what sends, where that is ours to end
	 */
	PayingHttpClient(HttpClient plain, PaidCallFactory calls, int redirects, ClientEnd end) {
		this.plain = plain;
		this.calls = calls;
		this.redirects = redirects;
		this.end = end;
	}

	@Override
	public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
			throws IOException, InterruptedException {
		if (this.ended) {
			throw closed();
		}
		RedirectChain chain = new RedirectChain(this.calls);
		HttpRequest next = request;
		for (int left = redirects(request); left > 0; left--) {
			Redirection<T> redirection = new Redirection<>(next, handler);
			HttpResponse<T> response = pay(next, chain, redirection);
			HttpRequest target = redirection.next();
			if (target == null) {
				return response;
			}
			next = target;
		}
		return pay(next, chain, handler);
	}

	private static IOException closed() {
		return new IOException("the client is closed");
	}

	/** A payment that the caller has made goes nowhere but to where it was sent. */
	private int redirects(HttpRequest request) {
		return PaidCallFactory.isPaid(request.headers()::allValues) ? 0 : this.redirects;
	}

	private <T> HttpResponse<T> pay(HttpRequest request, RedirectChain chain, HttpResponse.BodyHandler<T> handler)
			throws IOException, InterruptedException {
		RecordedRequest recorded = RecordedRequest.of(request);
		PaidCall call = chain.call(recorded);
		if (call == null) {
			return this.plain.send(PaidBody.onceIfPaid(request), handler);
		}
		ChallengeHandler<T> challenges = new ChallengeHandler<>(recorded, call, handler);
		try {
			HttpResponse<T> response = send(challenges, call);
			call.answered(response.statusCode(), response.headers().allValues(PaymentHeader.RESPONSE),
					response.headers().allValues(PaymentHeader.REQUIRED));
			return new CallersResponse<>(request, response);
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			challenges.failed(ex);
			throw ex;
		}
	}

	private <T> HttpResponse<T> send(ChallengeHandler<T> challenges, PaidCall call)
			throws IOException, InterruptedException {
		Exchange<T> exchange = () -> ask(challenges);
		while (true) {
			Optional<HttpResponse<T>> response = response(exchange, challenges);
			HttpRequest paid = challenges.nextRequest().orElse(null);
			if (paid == null) {
				return response.orElseThrow();
			}
			if (Thread.interrupted()) {
				call.notSent();
				throw new InterruptedException("interrupted before the payment");
			}
			exchange = () -> this.plain.send(paid, challenges);
		}
	}

	/** Where the answer was a 402 that is understood, its body may break off. */
	private static <T> Optional<HttpResponse<T>> response(Exchange<T> exchange, ChallengeHandler<T> challenges)
			throws IOException, InterruptedException {
		try {
			return Optional.of(exchange.send());
		}
		catch (IOException ex) {
			if (challenges.isPaying()) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	private <T> HttpResponse<T> ask(ChallengeHandler<T> first) throws IOException, InterruptedException {
		try {
			return this.plain.send(first.firstRequest(), first);
		}
		catch (IOException ex) {
			HttpRequest again = first.requestAfter(ex).orElseThrow(() -> ex);
			try {
				return this.plain.send(again, first);
			}
			catch (IOException unanswered) {
				ex.addSuppressed(unanswered);
				throw ex;
			}
		}
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
		return sendAsync(request, handler, null);
	}

	@Override
	public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler,
			HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
		if (this.ended) {
			return CompletableFuture.failedFuture(closed());
		}
		RedirectChain chain = new RedirectChain(this.calls);
		if (redirects(request) == 0) {
			return payAsync(request, chain, handler, pushes);
		}
		return new FollowedExchange<>(handler, (sent, answer) -> payAsync(sent, chain, answer, pushes)).start(request);
	}

	private <T> CompletableFuture<HttpResponse<T>> payAsync(HttpRequest request, RedirectChain chain,
			HttpResponse.BodyHandler<T> handler, HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
		RecordedRequest recorded = RecordedRequest.of(request);
		PaidCall call = chain.call(recorded);
		if (call == null) {
			return exchange(PaidBody.onceIfPaid(request), handler, pushes);
		}
		return new PayingExchange<>(recorded, call, handler, (sent, answer) -> exchange(sent, answer, pushes)).start();
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
		return (this.redirects > 0) ? Redirect.NORMAL : Redirect.NEVER;
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

	/** Ends it, which is a method of every client since Java 21, as the next ones are. */
	public void shutdown() {
		this.ended = true;
		this.end.shutdown();
	}

	/** Ends it and what is under way. */
	public void shutdownNow() {
		this.ended = true;
		this.end.shutdownNow();
	}

	/** Whether it has ended and nothing is under way. */
	public boolean isTerminated() {
		return this.ended && this.end.isTerminated();
	}

	/** Wait for what is under way. */
	public boolean awaitTermination(Duration duration) throws InterruptedException {
		return this.end.awaitTermination(duration);
	}

	/** Whether somebody has ended it. */
	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Sends something and waits for the answer.
	 *
	 * @param <T> the type of the body
	 */
	@FunctionalInterface
	private interface Exchange<T> {

		HttpResponse<T> send() throws IOException, InterruptedException;

	}

}
