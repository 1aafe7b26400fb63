package io.github.x402sessions.samples.paidchat.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.x402sessions.samples.paidchat.site.SiteProperties;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import io.github.x402sessions.stellar.rpc.TransactionLookup;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads the ledger through a node's JSON-RPC.
 */
@Component
class LedgerReader {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final StellarRpc node;

	LedgerReader(SiteProperties properties) {
		this.node = new HttpStellarRpc(properties.rpcUrl(), TIMEOUT);
	}

	long height() {
		return ask(() -> this.node.latestLedger().sequence());
	}

	/** Find a transaction, if it calls a token and the node still knows it. */
	Optional<LedgerTransaction> find(String hash) {
		TransactionLookup found = ask(() -> this.node.transaction(hash));
		if (found.envelope() == null) {
			return Optional.empty();
		}
		return TokenPayment.of(found.envelope())
			.map((call) -> new LedgerTransaction(hash, found.status().name(), found.ledger(),
					Instant.ofEpochSecond(found.closeTime()), found.feeCharged(), call.function(), call.contract(),
					call.parties(), call.amount().toString()));
	}

	private static <T> T ask(Supplier<T> question) {
		try {
			return question.get();
		}
		catch (RpcException ex) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The ledger gives no answer.", ex);
		}
	}

}
