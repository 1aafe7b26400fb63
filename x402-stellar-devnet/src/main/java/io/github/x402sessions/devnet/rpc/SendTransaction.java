package io.github.x402sessions.devnet.rpc;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.devnet.ledger.ClosedLedger;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.Node;
import io.github.x402sessions.devnet.network.SubmissionResult;
import io.github.x402sessions.devnet.transaction.Rejection;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrException;
import org.jspecify.annotations.Nullable;

/**
 * Submits a transaction to the next ledger, without waiting for it.
 */
final class SendTransaction implements RpcMethod {

	private final LocalNetwork network;

	SendTransaction(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Reply call(Params params) {
		TransactionFrame transaction = parse(params.text("transaction"));
		Node node = this.network.node();
		SubmissionResult result = node.submit(transaction);
		ClosedLedger latest = node.latest();
		return result.fold((status) -> reply(status.name(), transaction, latest, null, null),
				(why) -> refusal(why, transaction, latest), () -> {
					throw new JsonRpcException(JsonRpcException.INTERNAL_ERROR,
							"could not submit transaction to stellar-core");
				});
	}

	private static Reply refusal(Rejection why, TransactionFrame transaction, ClosedLedger latest) {
		return reply("ERROR", transaction, latest, why.result().toBase64(),
				(why.explanation() != null) ? List.of(XdrCodec.base64(why.diagnosticEvent())) : null);
	}

	private TransactionFrame parse(String envelope) {
		try {
			return TransactionFrame.parse(envelope, this.network.parameters().rules());
		}
		catch (XdrException ex) {
			throw JsonRpcException.invalidParams("invalid_xdr");
		}
	}

	private static Reply reply(String status, TransactionFrame transaction, ClosedLedger latest,
			@Nullable String errorResult, @Nullable List<String> diagnostics) {
		return new Reply(status, errorResult, diagnostics, transaction.hashHex(), latest.sequence(),
				Long.toString(latest.closeTime()));
	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Reply(String status, @Nullable String errorResultXdr, @Nullable List<String> diagnosticEventsXdr,
			String hash, long latestLedger, String latestLedgerCloseTime) {
	}

}
