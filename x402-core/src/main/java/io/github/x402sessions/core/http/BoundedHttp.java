package io.github.x402sessions.core.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests on the JDK's HTTP client with two bounds that the JDK's own timeouts do
 * not give: on the whole exchange, so that an answer of one byte a second ends in time,
 * and on the size of the body. Follows no redirects and repeats nothing. Thread-safe.
 */
public final class BoundedHttp {

	private final HttpClient http;

	private final int maxBodyBytes;

	/**
	 * Create a client.
	 * @param connectTimeout how long connecting may take
	 * @param maxBodyBytes the largest body that is read, bytes
	 */
	public BoundedHttp(Duration connectTimeout, int maxBodyBytes) {
		this.http = HttpClient.newBuilder()
			.connectTimeout(connectTimeout)
			.followRedirects(HttpClient.Redirect.NEVER)
			.build();
		this.maxBodyBytes = maxBodyBytes;
	}

	/**
	 * Send a request and wait for its whole answer.
	 * @param request the request
	 * @param deadline how long the exchange may take, body included
	 * @return the answer, whatever its status
	 * @throws OversizedBodyException if the body is too large
	 * @throws IOException if there is no complete answer in time; the request may have
	 * been received all the same
	 */
	public BoundedAnswer send(HttpRequest request, Duration deadline) throws IOException {
		CompletableFuture<BoundedAnswer> answer = new CompletableFuture<>();
		CompletableFuture<HttpResponse<byte[]>> exchange = this.http
			.sendAsync(request, (info) -> body(info.statusCode(), answer))
			.whenComplete((response, failure) -> {
				if (failure != null) {
					answer.completeExceptionally(failure);
				}
			});
		try {
			return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			exchange.cancel(true);
			throw new HttpTimeoutException("no complete answer within " + deadline.toMillis() + " ms");
		}
		catch (InterruptedException ex) {
			exchange.cancel(true);
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted while waiting for an answer");
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
		}
	}

	/**
	 * The JDK's client completes what it returns in the common pool, which an application
	 * may keep busy; bodies are complete on the client's own threads.
	 */
	private BoundedBody body(int status, CompletableFuture<BoundedAnswer> answer) {
		return new BoundedBody(this.maxBodyBytes, (bytes) -> answer.complete(new BoundedAnswer(status, bytes)),
				answer::completeExceptionally);
	}

	/**
	 * Choose the version that a request is sent with: HTTP/2 over TLS, and HTTP/1.1
	 * without, because not every server survives the offer to upgrade.
	 * @param scheme the scheme of the request's URL
	 * @return the version
	 */
	public static HttpClient.Version version(String scheme) {
		return "https".equalsIgnoreCase(scheme) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
	}

}
