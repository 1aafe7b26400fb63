package io.github.x402sessions.samples.paidchat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.stellar.sdk.Asset;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.TrustLineAsset;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A view of the ledger over its JSON-RPC, by nothing of the project's own.
 */
final class Ledger {

	private static final String USDC = "USDC:GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5";

	private final JsonMapper json = new JsonMapper();

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI rpc;

	Ledger(URI rpc) {
		this.rpc = rpc;
	}

	/** What a transaction came to: SUCCESS, FAILED or NOT_FOUND. */
	String status(String hash) {
		return call("getTransaction", "{\"hash\":\"" + hash + "\"}").get("status").asString();
	}

	/** The USDC of an account, base units. */
	long usdc(String accountId) {
		try {
			LedgerKey.LedgerKeyTrustLine trustline = new LedgerKey.LedgerKeyTrustLine();
			trustline.setAccountID(KeyPair.fromAccountId(accountId).getXdrAccountId());
			trustline.setAsset(TrustLineAsset.create(Asset.create(USDC)).toXdr());
			LedgerKey key = new LedgerKey();
			key.setDiscriminant(LedgerEntryType.TRUSTLINE);
			key.setTrustLine(trustline);
			JsonNode entries = call("getLedgerEntries", "{\"keys\":[\"" + key.toXdrBase64() + "\"]}").get("entries");
			return LedgerEntry.LedgerEntryData.fromXdrBase64(entries.get(0).get("xdr").asString())
				.getTrustLine()
				.getBalance()
				.getInt64();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Open an account with test USDC through friendbot and faucet. */
	void fund(String accountId, int usdc) {
		get("/friendbot?addr=" + accountId);
		get("/faucet?addr=" + accountId + "&amount=" + usdc);
	}

	private void get(String path) {
		HttpResponse<String> response = send(HttpRequest.newBuilder(this.rpc.resolve(path)));
		if (response.statusCode() != 200) {
			throw new IllegalStateException(response.body());
		}
	}

	private JsonNode call(String method, String params) {
		String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
		return this.json
			.readTree(send(HttpRequest.newBuilder(this.rpc).POST(HttpRequest.BodyPublishers.ofString(body))).body())
			.get("result");
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
