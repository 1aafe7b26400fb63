package io.github.x402sessions.spring.client;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Properties of the calls that this application pays for.
 *
 * @param session JSON of a saved session, such as file:/run/secrets/session.json. Holds a
 * secret: who can read it can spend the session.
 * @param allowedOrigins servers that the session may be spent at, such as
 * https://shop.example. Nothing is paid to any other.
 * @param maxPerCall the most that one call may cost, in whole tokens. By default, what is
 * left of the session.
 * @param prepay whether payments are attached to calls whose price was learned before,
 * which saves a round trip.
 * @param publicOrigins under which origins servers name what is called at others, such as
 * behind a proxy. A session with a key signs what is called.
 */
@ConfigurationProperties("x402.client")
public record X402ClientProperties(@Nullable Resource session, @DefaultValue List<URI> allowedOrigins,
		@Nullable String maxPerCall, @DefaultValue("false") boolean prepay,
		@DefaultValue List<PublicOrigin> publicOrigins) {

	/**
	 * Origin that a server has for others.
	 *
	 * @param called where calls go to, such as http://shop.internal:8080
	 * @param named where the server says that they go to, such as https://shop.example
	 */
	public record PublicOrigin(URI called, URI named) {
	}

}
