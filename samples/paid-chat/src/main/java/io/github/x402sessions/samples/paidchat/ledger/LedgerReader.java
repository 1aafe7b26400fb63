package io.github.x402sessions.samples.paidchat.ledger;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.samples.paidchat.site.SiteProperties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.SorobanServer;
import org.stellar.sdk.requests.sorobanrpc.SorobanRpcErrorResponse;
import org.stellar.sdk.responses.sorobanrpc.GetTransactionResponse;
import org.stellar.sdk.xdr.TransactionResult;

/**
 * Reads the ledger through a node's JSON-RPC.
 */
@Component
class LedgerReader {

	private final SorobanServer node;

	private final org.stellar.sdk.Network network;

	LedgerReader(SiteProperties properties, @Value("${x402.network:stellar:testnet}") String network) {
		this.node = new SorobanServer(properties.rpcUrl().toString());
		this.network = new org.stellar.sdk.Network(Network.of(network).passphrase());
	}

	long height() {
		try {
			return this.node.getHealth().getLatestLedger();
		}
		catch (IOException | SorobanRpcErrorResponse ex) {
			throw unreachable(ex);
		}
	}

	/** Find a transaction, if it calls a token and the node still knows it. */
	Optional<LedgerTransaction> find(String hash) {
		try {
			GetTransactionResponse found = this.node.getTransaction(hash);
			if (found.getEnvelopeXdr() == null || found.getResultXdr() == null) {
				return Optional.empty();
			}
			TransactionResult result = TransactionResult.fromXdrBase64(found.getResultXdr());
			return TokenCall.of(AbstractTransaction.fromEnvelopeXdr(found.getEnvelopeXdr(), this.network))
				.map((call) -> new LedgerTransaction(hash, found.getStatus().name(), found.getLedger(),
						Instant.ofEpochSecond(found.getCreatedAt()), result.getFeeCharged().getInt64(), call.function(),
						call.contract(), call.parties(), call.amount().toString()));
		}
		catch (IOException | SorobanRpcErrorResponse ex) {
			throw unreachable(ex);
		}
	}

	private static ResponseStatusException unreachable(Exception cause) {
		return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The ledger gives no answer.", cause);
	}

}
