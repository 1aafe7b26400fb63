package io.github.x402sessions.spring.signing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.core.offer.DidWeb;
import io.github.x402sessions.core.offer.Ed25519PublicKey;
import io.github.x402sessions.core.offer.OfferKey;
import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.core.offer.SigningFailureListener;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Reads {@code x402.signing}. No message repeats anything of the key.
 */
final class ConfiguredSigner {

	private static final String FILE = "file:";

	private static final String KEY = "x402.signing.key";

	private final X402Properties.Signing settings;

	private final @Nullable String publicBaseUrl;

	ConfiguredSigner(X402Properties properties) {
		this.settings = properties.signing();
		this.publicBaseUrl = properties.publicBaseUrl();
	}

	OfferSigner create(SigningFailureListener failures) {
		try {
			return OfferSigner.builder(did(), key())
				.otherKeys(otherKeys())
				.validity(this.settings.offerValidity())
				.withTransaction(this.settings.nameTransaction())
				.failures(failures)
				.build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException("x402.signing.offer-validity", String.valueOf(ex.getMessage()),
					"Set x402.signing.offer-validity to 10s to 30d.");
		}
	}

	private OfferKey key() {
		String text = String.valueOf(this.settings.key()).trim();
		try {
			return OfferKey.ofSecret(text.startsWith(FILE) ? content(text.substring(FILE.length())) : text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException(KEY, "it is no key: 32 bytes in base64url are expected",
					"Make one with 'session-agent signing keygen' and set " + KEY
							+ " to it, or to file: and the path of a file that holds it.");
		}
	}

	private static String content(String path) {
		try {
			return Files.readString(Path.of(path)).trim();
		}
		catch (IOException | RuntimeException ex) {
			throw new InvalidX402ConfigurationException(KEY, "its file cannot be read",
					"Set " + KEY + " to file: and the path of a file that holds a key and that this process may read.");
		}
	}

	private DidWeb did() {
		String did = this.settings.did();
		try {
			if (StringUtils.hasText(did)) {
				return DidWeb.parse(did.trim());
			}
			if (StringUtils.hasText(this.publicBaseUrl)) {
				return DidWeb.of(URI.create(this.publicBaseUrl.trim()));
			}
		}
		catch (IllegalArgumentException ex) {
			throw invalidDid("the server cannot be named so: " + ex.getMessage());
		}
		throw invalidDid("it is not known what the server is called");
	}

	private static InvalidX402ConfigurationException invalidDid(String problem) {
		return new InvalidX402ConfigurationException("x402.signing.did", problem,
				"Set x402.signing.did to the host that clients call, such as did:web:shop.example, or set "
						+ "x402.public-base-url.");
	}

	private List<Ed25519PublicKey> otherKeys() {
		List<Ed25519PublicKey> keys = new ArrayList<>();
		for (String text : this.settings.otherKeys()) {
			try {
				keys.add(Ed25519PublicKey.parse(text.trim()));
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidX402ConfigurationException("x402.signing.other-keys[" + keys.size() + "]",
						"it is no public key: 32 bytes in base64url are expected",
						"Set it to what 'session-agent signing keygen' names as the public key.");
			}
		}
		return keys;
	}

}
