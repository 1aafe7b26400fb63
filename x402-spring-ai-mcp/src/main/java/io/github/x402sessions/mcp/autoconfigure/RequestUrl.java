package io.github.x402sessions.mcp.autoconfigure;

import java.util.Optional;

import io.github.x402sessions.mcp.ServerUrl;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The URL of the HTTP request that a call came by, without its query, which may hold a
 * session.
 *
 * @param base the URL that clients reach the web server at, or {@code null} for what the
 * request says
 */
record RequestUrl(@Nullable String base) implements ServerUrl {

	@Override
	public Optional<String> of(McpTransportContext transport) {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? Optional.of(url(attributes.getRequest())) : Optional.empty();
	}

	private String url(HttpServletRequest request) {
		String base = this.base;
		return (base != null) ? base + request.getRequestURI() : request.getRequestURL().toString();
	}

}
