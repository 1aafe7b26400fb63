package io.github.x402sessions.facilitator.key;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.account.SigningPurpose;
import io.github.x402sessions.stellar.rpc.CallDeadline;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has somebody else sign, who keeps the key: a hash and its purpose go there by HTTPS,
 * both sides prove who they are, and a signature comes back, which counts only if the
 * account's public key proves it. Each call has a bound, its body's length and time
 * included. Thread-safe.
 */
final class RemoteSigner implements AccountSigner {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private final URI url;

	private final String address;

	private final Duration timeout;

	private volatile HttpClient client;

	/**
	 * Create it.
	 * @param url where hashes are sent
	 * @param address the account that it signs for
	 * @param timeout how long a signature is waited for
	 * @param tls our certificate, and what theirs is checked against
	 */
	RemoteSigner(URI url, String address, Duration timeout, SSLContext tls) {
		this.url = url;
		this.address = address;
		this.timeout = timeout;
		this.client = client(tls);
	}

	private static HttpClient client(SSLContext tls) {
		return HttpClient.newBuilder()
			.sslContext(tls)
			.connectTimeout(CONNECT)
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.build();
	}

	/** Take other certificates from now on. */
	void use(SSLContext tls) {
		this.client = client(tls);
	}

	@Override
	public String address() {
		return this.address;
	}

	@Override
	public byte[] sign(byte[] hash, SigningPurpose purpose) {
		HttpResponse<byte[]> response = send(HttpRequest.newBuilder(this.url)
			.header("Content-Type", "application/json")
			.header("Accept", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArray(JSON
				.writeValueAsBytes(new Question(this.address, HexFormat.of().formatHex(hash), purpose.wireName()))))
			.build());
		if (response.statusCode() != 200) {
			throw failure("the remote signer answered " + response.statusCode(), null);
		}
		byte[] signature = signature(response.body());
		if (signature == null || !AccountKey.isSignedBy(this.address, hash, signature)) {
			throw failure("the remote signer answered something that is no signature of " + this.address, null);
		}
		return signature;
	}

	/** The client's own timeout would end with the head of the response. */
	private HttpResponse<byte[]> send(HttpRequest request) {
		Duration left = CallDeadline.bound(this.timeout);
		CompletableFuture<HttpResponse<byte[]>> response = this.client.sendAsync(request, (info) -> new BoundedBody());
		try {
			return response.get(left.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			response.cancel(true);
			throw failure("the remote signer did not answer in time", null);
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			throw failure("the remote signer cannot be asked: "
					+ ((cause instanceof IOException) ? cause.getClass().getSimpleName() : "it failed"), cause);
		}
		catch (InterruptedException ex) {
			response.cancel(true);
			Thread.currentThread().interrupt();
			throw failure("nobody waits for the remote signer any more", ex);
		}
	}

	private static byte @Nullable [] signature(byte[] body) {
		try {
			JsonNode signature = JSON.readTree(body).get("signature");
			return (signature != null && signature.isString()) ? Base64.getDecoder().decode(signature.stringValue())
					: null;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static SigningException failure(String message, @Nullable Throwable cause) {
		return new SigningException(message, cause);
	}

	@Override
	public String toString() {
		return "RemoteSigner[" + this.address + "]";
	}

	/**
	 * The question that goes to the signer.
	 *
	 * @param address the account to sign for
	 * @param hash what to sign, 64 hex digits
	 * @param purpose what the transaction is for
	 */
	private record Question(String address, String hash, String purpose) {
	}

}
