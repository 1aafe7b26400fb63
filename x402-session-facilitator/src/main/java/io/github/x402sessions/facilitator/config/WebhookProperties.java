package io.github.x402sessions.facilitator.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of one webhook.
 *
 * @param name the operator's name for it, which it keeps: lower-case letters, digits and
 * hyphens
 * @param url where events are posted to: https, without a user and a fragment
 * @param secret what they are signed with: {@code whsec_} and 24 to 64 bytes, base64
 * @param secretFile a file with the secret, in its place
 * @param events the names of the events that it is told of; all where empty
 * @param recipients whose payments and sessions it is told of; all where empty
 * @param timeout how long a delivery may take
 */
public record WebhookProperties(@Nullable String name, @Nullable String url, @Nullable String secret,
		@Nullable Path secretFile, @DefaultValue List<String> events, @DefaultValue List<String> recipients,
		@DefaultValue("10s") Duration timeout) {

	private static final String PREFIX = "webhooks[].";

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

	/** What the application is called as a receiver of events. */
	private static final String RESERVED = "application";

	private static final String SECRET_PREFIX = "whsec_";

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final int SHORTEST_SECRET = 24;

	private static final int LONGEST_SECRET = 64;

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is missing or wrong
	 */
	public WebhookProperties {
		if (name == null || !NAME.matcher(name).matches() || RESERVED.equals(name)) {
			throw new InvalidPropertyException(PREFIX + "name", "is missing or not a name",
					"Set it to lower-case letters, digits and hyphens, such as shop; it cannot be " + RESERVED + ".");
		}
		endpoint(url);
		if ((secret == null) == (secretFile == null)) {
			throw new InvalidPropertyException(PREFIX + "secret", "is missing, or there is a secret-file too",
					"Set one of the two.");
		}
		if (secret != null) {
			key(PREFIX + "secret", secret);
		}
		events = List.copyOf(events);
		recipients = List.copyOf(recipients);
		recipients.forEach((recipient) -> PropertyCheck.recipient(PREFIX + "recipients", recipient));
		PropertyCheck.duration(PREFIX + "timeout", timeout, Duration.ofMillis(100));
	}

	/**
	 * Check that events go where nobody reads them on their way.
	 * @param localTestNetwork whether there is nothing to lose
	 * @throws InvalidPropertyException if that is not so
	 */
	public void requireReachable(boolean localTestNetwork) {
		URI uri = endpoint();
		boolean local = localTestNetwork && LOOPBACK.contains(uri.getHost());
		if (!"https".equalsIgnoreCase(uri.getScheme()) && !local) {
			throw new InvalidPropertyException(PREFIX + "url", "of '" + this.name + "' is not https",
					"Set it to an https URL; http is for this machine on a local test network.");
		}
	}

	/**
	 * Return where events are posted to.
	 * @return the URL
	 */
	public URI endpoint() {
		return endpoint(this.url);
	}

	private static URI endpoint(@Nullable String url) {
		try {
			URI uri = URI.create((url != null) ? url.trim() : "");
			boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
			if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
				return uri;
			}
		}
		catch (IllegalArgumentException ex) {
			// Falls through to the same message.
		}
		throw new InvalidPropertyException(PREFIX + "url", "is missing or not an absolute URL",
				"Set it to an https URL without a user and a fragment, such as https://shop.example/hooks.");
	}

	/**
	 * Return what events are signed with, from the file where there is one.
	 * @return the bytes of the secret
	 * @throws InvalidPropertyException if the file cannot be read or holds no secret
	 */
	public byte[] key() {
		if (this.secretFile == null) {
			return key(PREFIX + "secret", String.valueOf(this.secret));
		}
		try {
			return key(PREFIX + "secret-file", Files.readString(this.secretFile));
		}
		catch (IOException ex) {
			throw new InvalidPropertyException(PREFIX + "secret-file", "of '" + this.name + "' cannot be read",
					"Set it to a file that the facilitator can read, with the secret and nothing else.");
		}
	}

	private static byte[] key(String property, String secret) {
		String trimmed = secret.trim();
		try {
			if (trimmed.startsWith(SECRET_PREFIX)) {
				byte[] key = Base64.getDecoder().decode(trimmed.substring(SECRET_PREFIX.length()));
				if (key.length >= SHORTEST_SECRET && key.length <= LONGEST_SECRET) {
					return key;
				}
			}
		}
		catch (IllegalArgumentException ex) {
			// Falls through to the same message.
		}
		throw new InvalidPropertyException(property, "is not the secret of a webhook",
				"Set it to the output of: echo \"whsec_$(openssl rand -base64 32)\"");
	}

	@Override
	public String toString() {
		return "WebhookProperties[name=" + this.name + ", url=…, secret=…, events=" + this.events + ", recipients="
				+ this.recipients + "]";
	}

}
