package io.github.x402sessions.client.approval.rpc;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.x402sessions.client.http.JsonHttp;
import io.github.x402sessions.client.http.JsonResponse;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.Health;

/**
 * The calls of Stellar's JSON-RPC that an approval needs. Speaks HTTP itself, so that
 * answers are bounded and only the XDR in them needs the SDK.
 */
public final class StellarRpc {

	private final URI url;

	private final JsonHttp http;

	public StellarRpc(URI url, JsonHttp http) {
		this.url = url;
		this.http = http;
	}

	public NetworkInfo network() {
		return call("getNetwork", Map.of(), NetworkInfo.class);
	}

	public Health health() {
		return call("getHealth", Map.of(), Health.class);
	}

	public FeeStats feeStats() {
		return call("getFeeStats", Map.of(), FeeStats.class);
	}

	public LedgerEntries entry(String key) {
		return call("getLedgerEntries", Map.of("keys", List.of(key)), LedgerEntries.class);
	}

	public Simulation simulate(String envelope) {
		return call("simulateTransaction", Map.of("transaction", envelope), Simulation.class);
	}

	public SentTransaction send(String envelope) {
		return call("sendTransaction", Map.of("transaction", envelope), SentTransaction.class);
	}

	public FoundTransaction find(String hash) {
		return call("getTransaction", Map.of("hash", hash), FoundTransaction.class);
	}

	private <T> T call(String method, Map<String, Object> params, Class<T> type) {
		Object request = Map.of("jsonrpc", "2.0", "id", UUID.randomUUID().toString(), "method", method, "params",
				params);
		try {
			JsonResponse answer = this.http.post(this.url, request);
			if (answer.status() != 200) {
				throw new ChainException(describe(method, "answered status " + answer.status()), null);
			}
			return result(method, answer.as(RpcResponse.class), type);
		}
		catch (IOException ex) {
			throw new ChainException(describe(method, "gave no answer: " + ex.getClass().getSimpleName()), ex);
		}
		catch (MalformedMessageException ex) {
			throw new ChainException(describe(method, "answered nonsense: " + ex.getMessage()), ex);
		}
	}

	private <T> T result(String method, RpcResponse answer, Class<T> type) {
		if (answer.error() != null) {
			throw new ChainException(
					describe(method, "refused: " + answer.error().message() + " (" + answer.error().code() + ")"),
					null);
		}
		if (answer.result() == null) {
			throw new ChainException(describe(method, "answered neither a result nor an error"), null);
		}
		return WireJson.read(WireJson.write(answer.result()), type);
	}

	private String describe(String method, String what) {
		return "RPC server " + this.url.getAuthority() + " " + what + " (" + method + ")";
	}

}
