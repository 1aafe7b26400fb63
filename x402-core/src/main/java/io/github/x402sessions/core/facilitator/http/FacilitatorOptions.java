package io.github.x402sessions.core.facilitator.http;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

import io.github.x402sessions.core.facilitator.Facilitator;
import org.jspecify.annotations.Nullable;

/**
 * The address of a facilitator and how long to wait for it. {@link #of(URI)} has the
 * defaults, the {@code with…} methods change them.
 *
 * @param url the facilitator's base URL: absolute, http or https
 * @param connectTimeout how long connecting may take, default 2 seconds
 * @param readTimeout how long {@code /settle} may take in all, default 60 seconds: it
 * waits for the ledger. {@code /verify} and {@code /supported} wait for 10 seconds at
 * most
 * @param maxBodyBytes the largest answer that is read, default 256 KiB
 * @param authorization the value of the {@code Authorization} header of every call, such
 * as {@code Bearer …}: a secret; {@code null} for none
 * @param maxConcurrentVerifies how many payments may be verified at a time, default 25:
 * each holds a thread of the server while the facilitator does not answer. As many wait
 * for half a second; further ones are answered at once that the facilitator is not
 * available
 * @param maxConcurrentSettles how many settlements may be under way at a time, default
 * 100: each holds a thread of the server until it has ended, {@code readTimeout} at the
 * longest. Further payments are refused before they are verified, or if it comes to that,
 * before they are settled. Together with the verifications and those that wait for one
 * that is three quarters of the 200 threads that Tomcat has by default
 */
public record FacilitatorOptions(URI url, Duration connectTimeout, Duration readTimeout, int maxBodyBytes,
		@Nullable String authorization, int maxConcurrentVerifies, int maxConcurrentSettles) {

	/** The longest wait for calls that need no ledger. */
	private static final Duration MAX_QUICK_TIMEOUT = Duration.ofSeconds(10);

	private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if one is out of range; the message names it
	 */
	public FacilitatorOptions {
		Objects.requireNonNull(url, "url");
		boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
		if (!http || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null
				|| url.getRawUserInfo() != null) {
			throw new IllegalArgumentException("facilitator url must be an absolute http or https URL "
					+ "without user, query or fragment, such as https://facilitator.example");
		}
		requirePositive(connectTimeout, "connectTimeout");
		requirePositive(readTimeout, "readTimeout");
		if (maxBodyBytes < 1) {
			throw new IllegalArgumentException("maxBodyBytes must be positive");
		}
		if (maxConcurrentVerifies < 1) {
			throw new IllegalArgumentException("maxConcurrentVerifies must be positive");
		}
		if (maxConcurrentSettles < 1) {
			throw new IllegalArgumentException("maxConcurrentSettles must be positive");
		}
		if (authorization != null && !HEADER_VALUE.matcher(authorization).matches()) {
			throw new IllegalArgumentException("authorization must be printable ASCII on one line");
		}
	}

	/**
	 * Create options with the defaults.
	 * @param url the facilitator's base URL
	 * @return the options
	 */
	public static FacilitatorOptions of(URI url) {
		return new FacilitatorOptions(url, Duration.ofSeconds(2), Facilitator.DEFAULT_SETTLE_TIMEOUT, 256 * 1024, null,
				25, 100);
	}

	/**
	 * Mask what may be a secret in a URL that was refused: its user and its query.
	 * @param url the text, a URL or not
	 * @return the text for a message
	 */
	public static String withoutSecrets(String url) {
		return url.replaceFirst("(?s)^([a-zA-Z][a-zA-Z0-9+.-]*://)?.*@", "$1***@").replaceFirst("(?s)[?#].*", "?***");
	}

	/**
	 * Change the connect timeout.
	 * @param connectTimeout the new value
	 * @return changed options
	 */
	public FacilitatorOptions withConnectTimeout(Duration connectTimeout) {
		return new FacilitatorOptions(this.url, connectTimeout, this.readTimeout, this.maxBodyBytes, this.authorization,
				this.maxConcurrentVerifies, this.maxConcurrentSettles);
	}

	/**
	 * Change the read timeout.
	 * @param readTimeout the new value
	 * @return changed options
	 */
	public FacilitatorOptions withReadTimeout(Duration readTimeout) {
		return new FacilitatorOptions(this.url, this.connectTimeout, readTimeout, this.maxBodyBytes, this.authorization,
				this.maxConcurrentVerifies, this.maxConcurrentSettles);
	}

	/**
	 * Identify this server to the facilitator.
	 * @param authorization the value of the {@code Authorization} header, or {@code null}
	 * for none
	 * @return changed options
	 */
	public FacilitatorOptions withAuthorization(@Nullable String authorization) {
		return new FacilitatorOptions(this.url, this.connectTimeout, this.readTimeout, this.maxBodyBytes, authorization,
				this.maxConcurrentVerifies, this.maxConcurrentSettles);
	}

	/**
	 * Change how many payments may be verified at a time.
	 * @param maxConcurrentVerifies the new value, at least 1
	 * @return changed options
	 */
	public FacilitatorOptions withMaxConcurrentVerifies(int maxConcurrentVerifies) {
		return new FacilitatorOptions(this.url, this.connectTimeout, this.readTimeout, this.maxBodyBytes,
				this.authorization, maxConcurrentVerifies, this.maxConcurrentSettles);
	}

	/**
	 * Change how many settlements may be under way at a time.
	 * @param maxConcurrentSettles the new value, at least 1
	 * @return changed options
	 */
	public FacilitatorOptions withMaxConcurrentSettles(int maxConcurrentSettles) {
		return new FacilitatorOptions(this.url, this.connectTimeout, this.readTimeout, this.maxBodyBytes,
				this.authorization, this.maxConcurrentVerifies, maxConcurrentSettles);
	}

	/**
	 * Create a client for the facilitator. Nothing is sent yet.
	 * @return a thread-safe facilitator over HTTP
	 */
	public Facilitator connect() {
		return connect((response) -> {
		});
	}

	/**
	 * Create a client for the facilitator that passes on what it says of extensions.
	 * Nothing is sent yet.
	 * @param listener hears it
	 * @return a thread-safe facilitator over HTTP
	 */
	public Facilitator connect(ExtensionListener listener) {
		Objects.requireNonNull(listener, "listener");
		return new LazyFacilitator(() -> FeignFacilitator.create(this, listener));
	}

	Duration quickTimeout() {
		return (this.readTimeout.compareTo(MAX_QUICK_TIMEOUT) < 0) ? this.readTimeout : MAX_QUICK_TIMEOUT;
	}

	/** Says whether there is an authorization, not which. */
	@Override
	public String toString() {
		return "FacilitatorOptions[url=" + this.url + ", connectTimeout=" + this.connectTimeout + ", readTimeout="
				+ this.readTimeout + ", maxBodyBytes=" + this.maxBodyBytes + ", authorization="
				+ ((this.authorization != null) ? "***" : "none") + ", maxConcurrentVerifies="
				+ this.maxConcurrentVerifies + ", maxConcurrentSettles=" + this.maxConcurrentSettles + "]";
	}

	private static void requirePositive(Duration value, String name) {
		Objects.requireNonNull(value, name);
		if (value.isZero() || value.isNegative()) {
			throw new IllegalArgumentException(name + " must be positive");
		}
	}

}
