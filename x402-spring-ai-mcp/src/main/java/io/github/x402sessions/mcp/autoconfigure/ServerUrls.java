package io.github.x402sessions.mcp.autoconfigure;

import java.net.URI;
import java.util.Optional;

import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.mcp.ServerUrl;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The URL of an MCP server: as it is configured, or else as requests have it.
 */
final class ServerUrls {

	private static final String WEB = "org.springframework.web.context.WebApplicationContext";

	private ServerUrls() {
	}

	/**
	 * Find out how the URL is known.
	 * @param server {@code x402.mcp.server-url}
	 * @param base {@code x402.public-base-url}
	 * @throws InvalidX402ConfigurationException if the server's is none
	 */
	static ServerUrl of(@Nullable String server, @Nullable String base, ApplicationContext context) {
		if (StringUtils.hasText(server)) {
			Optional<String> fixed = Optional.of(absolute(server));
			return (transport) -> fixed;
		}
		return isWeb(context)
				? new RequestUrl(StringUtils.hasText(base) ? StringUtils.trimTrailingCharacter(base, '/') : null)
				: (transport) -> Optional.empty();
	}

	private static String absolute(String url) {
		try {
			URI uri = URI.create(url);
			if (uri.isAbsolute() && !uri.isOpaque() && uri.getRawUserInfo() == null) {
				return uri.toString();
			}
		}
		catch (IllegalArgumentException ex) {
			// The same answer.
		}
		throw new InvalidX402ConfigurationException("x402.mcp.server-url",
				"'" + FacilitatorOptions.withoutSecrets(url) + "' is not the URL of a server",
				"Set x402.mcp.server-url to the absolute URL that MCP clients use, such as https://shop.example/mcp.");
	}

	private static boolean isWeb(ApplicationContext context) {
		return ClassUtils.isPresent("jakarta.servlet.http.HttpServletRequest", context.getClassLoader())
				&& ClassUtils.isPresent(WEB, context.getClassLoader())
				&& ClassUtils.resolveClassName(WEB, context.getClassLoader()).isInstance(context);
	}

}
