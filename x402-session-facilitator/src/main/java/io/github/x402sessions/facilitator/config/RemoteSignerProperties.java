package io.github.x402sessions.facilitator.config;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import io.github.x402sessions.core.price.StellarAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A service that signs by HTTP, both sides of which prove who they are.
 *
 * @param url where hashes are sent, https
 * @param address the account that it signs for, G…
 * @param sslBundle the name of Spring Boot's SSL bundle with our certificate and key, and
 * with what the service's certificate is checked against
 * @param timeout how long a signature is waited for
 */
public record RemoteSignerProperties(@Nullable URI url, @Nullable String address, @Nullable String sslBundle,
		@DefaultValue("5s") Duration timeout) {

	/** Return where hashes are sent. */
	public URI place() {
		return Objects.requireNonNull(this.url);
	}

	/** Return the account that it signs for. */
	public String account() {
		return Objects.requireNonNull(this.address);
	}

	/** Return the name of the SSL bundle. */
	public String bundle() {
		return Objects.requireNonNull(this.sslBundle);
	}

	/** Check it, given how its properties begin. */
	void check(String prefix) {
		if (this.url == null || this.url.getHost() == null || !"https".equals(this.url.getScheme())) {
			throw new InvalidPropertyException(prefix + "url", "is not an absolute https URL",
					"Set it to where the signer takes hashes, such as https://signer.internal/sign.");
		}
		if (this.address == null || !StellarAddress.isAccount(this.address)) {
			throw new InvalidPropertyException(prefix + "address", "is not the address of an account",
					"Set it to the account whose key the signer has: 56 characters that begin with G.");
		}
		if (this.sslBundle == null || this.sslBundle.isBlank()) {
			throw new InvalidPropertyException(prefix + "ssl-bundle", "is missing",
					"Set it to the name of an SSL bundle (spring.ssl.bundle.…) with the facilitator's certificate and"
							+ " what the signer's is checked against.");
		}
		PropertyCheck.duration(prefix + "timeout", this.timeout, Duration.ofMillis(10));
	}

}
