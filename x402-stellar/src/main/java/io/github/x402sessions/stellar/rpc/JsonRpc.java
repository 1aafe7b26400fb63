package io.github.x402sessions.stellar.rpc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.core.http.BoundedHttp;
import io.github.x402sessions.core.http.BoundedResponse;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Exchanges JSON-RPC 2.0 messages over HTTP. A call that has not ended in time is
 * abandoned, body included; an answer that is too large is none. Thread-safe.
 */
final class JsonRpc {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

	/** It cannot be parsed, is no request, or has parameters that cannot be. */
	private static final Set<Long> OF_THE_CALL = Set.of(-32_700L, -32_600L, -32_602L);

	/** Whether its parameters can be depends on what a node remembers. */
	private static final Set<String> OF_THE_NODE = Set.of("getEvents");

	private final BoundedHttp http;

	private final URI endpoint;

	private final Duration timeout;

	JsonRpc(URI endpoint, Duration timeout) {
		this(endpoint, BoundedHttp.to(endpoint, CONNECT_TIMEOUT, MAX_ANSWER_BYTES), timeout);
	}

	JsonRpc(URI endpoint, BoundedHttp http, Duration timeout) {
		this.http = http;
		this.endpoint = endpoint;
		this.timeout = timeout;
	}

	JsonNode call(String method, @Nullable Map<String, ?> params) {
		Answer answer = read(method, exchange(method, new Call("2.0", 1, method, params)));
		if (answer.error() != null) {
			throw refusal(method, answer.error());
		}
		if (answer.result() == null || !answer.result().isObject()) {
			throw new RpcException(describe(method, "answered neither a result nor an error"), null);
		}
		return answer.result();
	}

	private RpcException refusal(String method, Failure error) {
		String message = describe(method, "refused: " + error.message() + " (" + error.code() + ")");
		return OF_THE_CALL.contains(error.code()) && !OF_THE_NODE.contains(method) ? RpcException.ofTheCall(message)
				: new RpcException(message, null);
	}

	private BoundedResponse exchange(String method, Call call) {
		Duration limit = CallDeadline.bound(this.timeout);
		HttpRequest.Builder request = HttpRequest.newBuilder(this.endpoint)
			.version(HttpClient.Version.HTTP_1_1)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArray(WireJson.write(call)));
		try {
			return this.http.send(request, limit);
		}
		catch (InterruptedIOException | HttpTimeoutException ex) {
			throw late(describe(method, "gave no answer in time"), limit, ex);
		}
		catch (IOException ex) {
			throw new RpcException(describe(method, "gave no answer: " + ex.getClass().getSimpleName()), ex);
		}
	}

	/** Who had no time to wait says nothing against the node. */
	private RpcException late(String message, Duration limit, IOException cause) {
		Duration full = (cause instanceof HttpConnectTimeoutException) ? CONNECT_TIMEOUT : this.timeout;
		return (limit.compareTo(full) < 0) ? RpcException.ofTheCall(message) : new RpcException(message, cause);
	}

	private Answer read(String method, BoundedResponse response) {
		if (response.status() != 200) {
			throw new RpcException(describe(method, "answered status " + response.status()), null);
		}
		try {
			return WireJson.read(response.body(), Answer.class);
		}
		catch (MalformedMessageException ex) {
			throw new RpcException(describe(method, "answered nonsense: " + ex.getMessage()), ex);
		}
	}

	/** The path and what stands before the server's name may be a key. */
	private String describe(String method, String what) {
		String authority = this.endpoint.getAuthority();
		return "RPC server " + authority.substring(authority.indexOf('@') + 1) + " " + what + " (" + method + ")";
	}

	record Call(String jsonrpc, int id, String method, @Nullable Map<String, ?> params) {
	}

	record Answer(@Nullable JsonNode result, @Nullable Failure error) {
	}

	record Failure(long code, @Nullable String message) {
	}

}
