package io.github.x402sessions.facilitator.key;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

import javax.net.ssl.SSLContext;

import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.BoundedResponse;
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

	private static final int LONGEST = 4 * 1024;

	private static final int OK = 200;

	private final URI url;

	private final String address;

	private final Duration timeout;

	private volatile BoundedHttp client;

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

	private static BoundedHttp client(SSLContext tls) {
		return new BoundedHttp(CONNECT, LONGEST, tls);
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
		BoundedResponse response = send(HttpRequest.newBuilder(this.url)
			.version(HttpClient.Version.HTTP_1_1)
			.header("Content-Type", "application/json")
			.header("Accept", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArray(JSON
				.writeValueAsBytes(new Question(this.address, HexFormat.of().formatHex(hash), purpose.wireName())))));
		if (response.status() != OK) {
			throw failure("the remote signer answered " + response.status(), null);
		}
		byte[] signature = signature(response.body());
		if (signature == null || !AccountKey.isSignedBy(this.address, hash, signature)) {
			throw failure("the remote signer answered something that is no signature of " + this.address, null);
		}
		return signature;
	}

	private BoundedResponse send(HttpRequest.Builder request) {
		try {
			return this.client.send(request, CallDeadline.bound(this.timeout));
		}
		catch (HttpTimeoutException ex) {
			throw failure("the remote signer did not answer in time", ex);
		}
		catch (IOException ex) {
			throw failure("the remote signer cannot be asked: " + ex.getClass().getSimpleName(), ex);
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
