package io.github.x402sessions.mcp.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.modelcontextprotocol.client.transport.StdioClientTransport;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.client.common.autoconfigure.McpSseClientConnectionDetails;
import org.springframework.ai.mcp.client.common.autoconfigure.NamedClientMcpTransport;
import org.springframework.ai.mcp.client.common.autoconfigure.properties.McpStreamableHttpClientProperties;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds which server is at the other end of a connection: the URL that Spring AI's
 * properties give by the connection's name, or {@code mcp://} and that name where it has
 * no URL, as processes have none.
 */
final class ConnectionUrls {

	private final ObjectProvider<McpStreamableHttpClientProperties> streamable;

	private final ObjectProvider<McpSseClientConnectionDetails> sse;

	ConnectionUrls(ObjectProvider<McpStreamableHttpClientProperties> streamable,
			ObjectProvider<McpSseClientConnectionDetails> sse) {
		this.streamable = streamable;
		this.sse = sse;
	}

	/**
	 * Return the server's URL.
	 * @throws IllegalArgumentException if the connection's name can be no part of a URL
	 */
	URI of(NamedClientMcpTransport connection) {
		String url = (connection.transport() instanceof StdioClientTransport) ? null : configured(connection);
		return (url != null) ? URI.create(url) : named(connection.name());
	}

	private @Nullable String configured(NamedClientMcpTransport connection) {
		boolean events = connection.transport().getClass().getSimpleName().toLowerCase(Locale.ROOT).contains("sse");
		String name = connection.name();
		String first = events ? sse().get(name) : streamable().get(name);
		return (first != null) ? first : events ? streamable().get(name) : sse().get(name);
	}

	private Map<String, String> streamable() {
		Map<String, String> urls = new LinkedHashMap<>();
		this.streamable.ifAvailable((properties) -> properties.getConnections()
			.forEach((name, connection) -> urls.put(name, connection.url())));
		return urls;
	}

	@SuppressWarnings("removal") // as long as Spring AI has that transport
	private Map<String, String> sse() {
		Map<String, String> urls = new LinkedHashMap<>();
		this.sse.ifAvailable(
				(details) -> details.getConnections().forEach((name, connection) -> urls.put(name, connection.url())));
		return urls;
	}

	private static URI named(String name) {
		try {
			return new URI("mcp", name, null, null, null);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("connection '" + name + "' cannot be named by a URL", ex);
		}
	}

}
