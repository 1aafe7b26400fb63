package io.github.x402sessions.mcp;

import java.util.Optional;

import io.modelcontextprotocol.common.McpTransportContext;

/**
 * Tells the URL that clients reach a server at, which challenges name as what is sold.
 * Called on the thread that the call came on. Implementations are thread-safe.
 */
@FunctionalInterface
public interface ServerUrl {

	/**
	 * Find the URL.
	 * @param transport what the server's transport has extracted of the request
	 * @return an absolute URL; empty if there is none, as where a server talks over its
	 * standard streams: then what is sold is {@code mcp://tool/} and the tool's name
	 */
	Optional<String> of(McpTransportContext transport);

}
