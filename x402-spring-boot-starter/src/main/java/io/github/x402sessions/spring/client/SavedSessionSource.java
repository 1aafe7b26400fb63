package io.github.x402sessions.spring.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.client.SavedSession;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.SessionClientBuilder;
import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/**
 * Takes up the saved session of {@link X402ClientProperties}. No message repeats anything
 * of it.
 */
final class SavedSessionSource {

	private static final String SESSION = "x402.client.session";

	private final X402ClientProperties properties;

	SavedSessionSource(X402ClientProperties properties) {
		this.properties = properties;
	}

	/**
	 * Take it up. Nothing is sent.
	 * @throws InvalidX402ConfigurationException if it cannot be read or used
	 */
	Session open() {
		SavedSession saved = read();
		if (this.properties.allowedOrigins().isEmpty()) {
			throw new InvalidX402ConfigurationException("x402.client.allowed-origins",
					"the session may be spent nowhere",
					"Set x402.client.allowed-origins to the servers that are to be paid, such as https://shop.example.");
		}
		try {
			SessionClientBuilder client = SessionClient.builder(saved)
				.allowedOrigins(this.properties.allowedOrigins().toArray(URI[]::new));
			this.properties.publicOrigins().forEach((origin) -> client.publicOrigin(origin.called(), origin.named()));
			if (StringUtils.hasText(this.properties.maxPerCall())) {
				client.maxPerCall(this.properties.maxPerCall());
			}
			return (this.properties.prepay() ? client.prepaying() : client).build().restore(saved);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException("x402.client", String.valueOf(ex.getMessage()),
					"Set x402.client.allowed-origins and both parts of x402.client.public-origins to absolute URLs, "
							+ "and x402.client.max-per-call to a decimal such as 0.10.");
		}
	}

	private SavedSession read() {
		Resource resource = this.properties.session();
		try {
			if (resource != null) {
				return SavedSession.fromJson(resource.getContentAsString(StandardCharsets.UTF_8));
			}
		}
		catch (IOException | X402Exception ex) {
			// The message below says as much, and nothing of the content.
		}
		throw new InvalidX402ConfigurationException(SESSION, "there is no saved session that can be read",
				"Set " + SESSION + " to the JSON of Session.save(), such as file:/run/secrets/session.json.");
	}

}
