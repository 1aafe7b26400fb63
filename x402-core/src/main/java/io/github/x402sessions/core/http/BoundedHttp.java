package io.github.x402sessions.core.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

/**
 * Sends requests on the JDK's HTTP client with two bounds that the JDK's own timeouts do
 * not give: on the whole exchange, so that a slow name server or an answer of one byte a
 * second ends in time, and on the size of the body. Follows no redirects and repeats
 * nothing. Thread-safe.
 */
public final class BoundedHttp {

	private final HttpClient http;

	private final int maxBodyBytes;

	private final NameLookup names = new NameLookup();

	/**
	 * Create a client for any server.
	 * @param connectTimeout how long connecting may take
	 * @param maxBodyBytes the largest body that is read, bytes
	 */
	public BoundedHttp(Duration connectTimeout, int maxBodyBytes) {
		this(settings(connectTimeout), maxBodyBytes);
	}

	/**
	 * Create a client that shows a certificate of its own, or trusts others than the
	 * platform does.
	 * @param connectTimeout how long connecting may take
	 * @param maxBodyBytes the largest body that is read, bytes
	 * @param tls its certificate, and what those of servers are checked against
	 */
	public BoundedHttp(Duration connectTimeout, int maxBodyBytes, SSLContext tls) {
		this(settings(connectTimeout).sslContext(tls), maxBodyBytes);
	}

	private BoundedHttp(HttpClient.Builder settings, int maxBodyBytes) {
		this.http = settings.build();
		this.maxBodyBytes = maxBodyBytes;
	}

	/**
	 * Create a client for one server. If that speaks plain HTTP and is named by its IP
	 * address, what it sends is read on the thread that waits for it on behalf of all
	 * exchanges, and not handed to yet another thread, which takes longer than the
	 * reading: nothing is done there but to collect bytes. TLS has too much to compute
	 * for that, and a name may have to be looked up there again after a refused
	 * connection, which would hold up all exchanges.
	 * @param server the URL of the server
	 * @param connectTimeout how long connecting may take
	 * @param maxBodyBytes the largest body that is read, bytes
	 * @return a client
	 */
	public static BoundedHttp to(URI server, Duration connectTimeout, int maxBodyBytes) {
		HttpClient.Builder settings = settings(connectTimeout);
		boolean quick = "http".equalsIgnoreCase(server.getScheme()) && NameLookup.isLiteral(server);
		return new BoundedHttp(quick ? settings.executor(Runnable::run) : settings, maxBodyBytes);
	}

	private static HttpClient.Builder settings(Duration connectTimeout) {
		return HttpClient.newBuilder().connectTimeout(connectTimeout).followRedirects(HttpClient.Redirect.NEVER);
	}

	/**
	 * Send a request and wait for its whole answer. Runs on the calling thread as far as
	 * the JDK allows: its asynchronous calls end on a thread of the common pool, which an
	 * application may keep busy and which a machine with one or two processors has not
	 * got, so that the JDK starts a thread for each of them.
	 * @param request the request, which gets its timeout here
	 * @param deadline how long the exchange may take, body included
	 * @return the answer, whatever its status
	 * @throws OversizedBodyException if the body is too large
	 * @throws IOException if there is no complete answer in time; the request may have
	 * been received all the same
	 */
	public BoundedResponse send(HttpRequest.Builder request, Duration deadline) throws IOException {
		long end = System.nanoTime() + deadline.toNanos();
		HttpResponse<byte[]> response = exchange(request, deadline,
				(head) -> new BoundedBody(this.maxBodyBytes, Duration.ofNanos(end - System.nanoTime())));
		return new BoundedResponse(response.statusCode(), response.headers(), response.body());
	}

	/**
	 * Send a request of whose answer nothing matters but the status. No byte of a body is
	 * waited for; a connection on which one comes is closed.
	 * @param request the request, which gets its timeout here
	 * @param deadline how long it may take until the status is known
	 * @return the status
	 * @throws IOException if there is no answer in time; the request may have been
	 * received all the same
	 */
	public int status(HttpRequest.Builder request, Duration deadline) throws IOException {
		return exchange(request, deadline, (head) -> new IgnoredBody()).statusCode();
	}

	private <T> HttpResponse<T> exchange(HttpRequest.Builder request, Duration deadline,
			HttpResponse.BodyHandler<T> body) throws IOException {
		long end = System.nanoTime() + deadline.toNanos();
		try {
			URI server = request.build().uri();
			this.names.await(server, deadline);
			Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
			return this.http.send(request.timeout(left).build(), body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted while waiting for an answer");
		}
		catch (IOException ex) {
			throw outcome(ex, deadline);
		}
	}

	/** The JDK's client wraps what ended the body. */
	private static IOException outcome(IOException failure, Duration deadline) {
		if (failure.getCause() instanceof OversizedBodyException oversized) {
			return oversized;
		}
		if (failure instanceof HttpConnectTimeoutException || !isLate(failure)) {
			return failure;
		}
		return new HttpTimeoutException("no complete answer within " + deadline.toMillis() + " ms");
	}

	private static boolean isLate(IOException failure) {
		return failure instanceof HttpTimeoutException || failure.getCause() instanceof TimeoutException;
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
