package io.github.x402sessions.devnet.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import io.github.x402sessions.devnet.xdr.Strkeys;

/**
 * Opens accounts as the friendbot of a test network does: by a transaction, answered once
 * its ledger is closed.
 *
 * @param network the network
 * @param timeout how long to wait for the ledger
 */
record FriendbotEndpoint(LocalNetwork network, Duration timeout) implements Endpoint {

	@Override
	public EndpointResponse answer(EndpointRequest request) throws InterruptedException {
		String account = request.parameter("addr");
		if (account == null || !Strkeys.isAccount(account)) {
			return EndpointResponse.problem(400, "Bad Request", Map.of("extras",
					Map.of("invalid_field", "addr", "reason", (account != null) ? "not a G… account id" : "missing")));
		}
		try {
			return reply(LedgerWait.await(this.network.openNext(account), this.timeout));
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static EndpointResponse reply(AppliedTransaction funding) {
		if (!funding.result().successful()) {
			return EndpointResponse.problem(400, "Bad Request",
					Map.of("type", "https://stellar.org/horizon-errors/bad_request", "detail",
							"createAccountAlreadyExist (" + funding.result().toBase64() + ")"));
		}
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("successful", true);
		content.put("hash", funding.transaction().hashHex());
		content.put("envelope_xdr", funding.transaction().envelope());
		return EndpointResponse.ok("application/hal+json", content);
	}

}
