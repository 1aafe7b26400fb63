package io.github.x402sessions.facilitator.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.LedgerTime;
import io.github.x402sessions.stellar.rpc.RpcException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Tells the height of the ledger, for pages that ask a wallet to sign until a ledger and
 * know no node.
 *
 * @param ledgers knows the height
 * @param network the network that is served, as a CAIP-2 id
 */
record LedgerEndpoint(LedgerClock ledgers, String network) {

	ServerResponse show(ServerRequest request) {
		try {
			Map<String, Object> ledger = new LinkedHashMap<>();
			ledger.put("network", this.network);
			ledger.put("sequence", this.ledgers.latest().sequence());
			ledger.put("secondsPerLedger", LedgerTime.lasting(1).toSeconds());
			return JsonResponses.of(HttpStatus.OK, ledger);
		}
		catch (RpcException ex) {
			return JsonResponses.error(HttpStatus.SERVICE_UNAVAILABLE, "the ledger gives no answer; try again",
					HttpHeaders.RETRY_AFTER, Long.toString(Duration.ofSeconds(1).toSeconds()));
		}
	}

}
