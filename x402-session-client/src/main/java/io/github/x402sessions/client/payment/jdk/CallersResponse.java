package io.github.x402sessions.client.payment.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

import javax.net.ssl.SSLSession;

/**
 * The answer that the caller gets, which shows the request that the caller made instead
 * of the one that was sent in its place and may have carried the session id.
 *
 * @param <T> the type of the body
 */
final class CallersResponse<T> implements HttpResponse<T> {

	private final HttpRequest request;

	private final HttpResponse<T> response;

	CallersResponse(HttpRequest request, HttpResponse<T> response) {
		this.request = request;
		this.response = response;
	}

	@Override
	public int statusCode() {
		return this.response.statusCode();
	}

	@Override
	public HttpRequest request() {
		return this.request;
	}

	/** Always empty: the 402 before the payment is no answer to anything. */
	@Override
	public Optional<HttpResponse<T>> previousResponse() {
		return Optional.empty();
	}

	@Override
	public HttpHeaders headers() {
		return this.response.headers();
	}

	@Override
	public T body() {
		return this.response.body();
	}

	@Override
	public Optional<SSLSession> sslSession() {
		return this.response.sslSession();
	}

	@Override
	public URI uri() {
		return this.response.uri();
	}

	@Override
	public HttpClient.Version version() {
		return this.response.version();
	}

	@Override
	public String toString() {
		return this.response.toString();
	}

}
