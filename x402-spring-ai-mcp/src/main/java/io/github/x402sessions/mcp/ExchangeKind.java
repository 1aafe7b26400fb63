package io.github.x402sessions.mcp;

import java.util.function.BiFunction;
import java.util.function.Function;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;

/**
 * The kind of exchange with a client that tools of a kind of server are given.
 *
 * @param <X> the type
 * @param transport returns what the transport has extracted of the request
 * @param held returns the same for a tool whose call is not settled
 */
record ExchangeKind<X>(Function<X, McpTransportContext> transport, BiFunction<X, HeldNotifications, X> held) {

	static final ExchangeKind<McpSyncServerExchange> SYNC = new ExchangeKind<>(McpSyncServerExchange::transportContext,
			HeldExchange::of);

	static final ExchangeKind<McpAsyncServerExchange> ASYNC = new ExchangeKind<>(
			McpAsyncServerExchange::transportContext, HeldExchange::of);

	/** Nothing can be said to such a client but the result. */
	static final ExchangeKind<McpTransportContext> STATELESS = new ExchangeKind<>(Function.identity(),
			(transport, notifications) -> transport);

}
