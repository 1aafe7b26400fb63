package io.github.x402sessions.samples.paidchat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;

import org.stellar.sdk.Address;
import org.stellar.sdk.Asset;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.TrustLineAsset;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A view of the ledger over its JSON-RPC, by nothing of the project's own.
 */
public final class Ledger {

	private static final String USDC = "USDC:GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5";

	private final JsonMapper json = new JsonMapper();

	private final HttpClient http = HttpClient.newHttpClient();

	private final URI rpc;

	public Ledger(URI rpc) {
		this.rpc = rpc;
	}

	/** What a transaction came to: SUCCESS, FAILED or NOT_FOUND. */
	public String status(String hash) {
		return call("getTransaction", "{\"hash\":\"" + hash + "\"}").get("status").asString();
	}

	/** The USDC of an account, base units. */
	public long usdc(String accountId) {
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

	/** What a spender may still spend, base units. */
	public long allowance(String asset, String from, String spender) {
		LinkedHashMap<SCVal, SCVal> parties = new LinkedHashMap<>();
		parties.put(Scv.toSymbol("from"), Scv.toAddress(from));
		parties.put(Scv.toSymbol("spender"), Scv.toAddress(spender));
		SCVal key = Scv.toVec(List.of(Scv.toSymbol("Allowance"), Scv.toMap(parties)));
		LedgerKey.LedgerKeyContractData data = new LedgerKey.LedgerKeyContractData();
		data.setContract(new Address(asset).toSCAddress());
		data.setDurability(ContractDataDurability.TEMPORARY);
		data.setKey(key);
		LedgerKey ledgerKey = new LedgerKey();
		ledgerKey.setDiscriminant(LedgerEntryType.CONTRACT_DATA);
		ledgerKey.setContractData(data);
		try {
			JsonNode entries = call("getLedgerEntries", "{\"keys\":[\"" + ledgerKey.toXdrBase64() + "\"]}")
				.get("entries");
			if (entries.isEmpty()) {
				return 0;
			}
			SCVal value = LedgerEntry.LedgerEntryData.fromXdrBase64(entries.get(0).get("xdr").asString())
				.getContractData()
				.getVal();
			return Scv.fromInt128(Scv.fromMap(value).get(Scv.toSymbol("amount"))).longValueExact();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Open an account with test USDC through friendbot and faucet. */
	public void fund(String accountId, int usdc) {
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
