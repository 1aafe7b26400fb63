package io.github.x402sessions.mcp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import org.jspecify.annotations.Nullable;

/**
 * A call of a priced tool, as listeners see it: without its payment.
 *
 * @param name the tool's name
 * @param arguments what the tool is called with; empty if nothing was sent
 * @param meta what else the client has sent in {@code _meta}; empty if nothing was
 * @param resource the URL of what is sold, as the challenge has it
 * @param transport what the server's transport has extracted of its request
 * @param attributes what listeners keep of this call from one event to the next; safe to
 * change from several threads
 */
public record ToolCall(String name, Map<String, @Nullable Object> arguments, Map<String, @Nullable Object> meta,
		String resource, McpTransportContext transport, Map<Object, Object> attributes) {

	/**
	 * Check the fields.
	 */
	public ToolCall {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(resource, "resource");
		Objects.requireNonNull(transport, "transport");
		arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
		meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
	}

	/** Return the call that a request is, but for its payment. */
	static ToolCall of(CallToolRequest request, String resource, McpTransportContext transport) {
		Map<String, @Nullable Object> meta = copy(request.meta());
		meta.remove(PaymentMeta.PAYMENT);
		return new ToolCall(request.name(), copy(request.arguments()), meta, resource, transport,
				new ConcurrentHashMap<>(4));
	}

	private static Map<String, @Nullable Object> copy(@Nullable Map<String, Object> map) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		if (map != null) {
			copy.putAll(map);
		}
		return copy;
	}

	@Override
	public String toString() {
		return "ToolCall[name=" + this.name + "]";
	}

}
