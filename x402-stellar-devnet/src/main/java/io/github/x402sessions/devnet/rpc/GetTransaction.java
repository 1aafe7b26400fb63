package io.github.x402sessions.devnet.rpc;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.devnet.ledger.LedgerHistory;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.Node;
import io.github.x402sessions.devnet.transaction.application.AppliedTransaction;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.jspecify.annotations.Nullable;

/**
 * Reports the status of a transaction.
 */
final class GetTransaction implements RpcMethod {

	private static final int HASH_LENGTH = 64;

	private final LocalNetwork network;

	GetTransaction(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Reply call(Params params) {
		String hash = params.text("hash");
		check(hash);
		Node node = this.network.node();
		AppliedTransaction applied = node.find(hash.toLowerCase(Locale.ROOT));
		LedgerHistory.Range range = node.range();
		return (applied != null) ? found(hash, applied, range) : notFound(hash, range);
	}

	private static void check(String hash) {
		if (hash.length() != HASH_LENGTH) {
			throw JsonRpcException.invalidParams("unexpected hash length (" + hash.length() + ")");
		}
		if (!hash.chars().allMatch(HexFormat::isHexDigit)) {
			throw JsonRpcException.invalidParams("incorrect hash: not hexadecimal");
		}
	}

	private static Reply notFound(String hash, LedgerHistory.Range range) {
		return new Reply(range.latest().sequence(), Long.toString(range.latest().closeTime()),
				range.oldest().sequence(), Long.toString(range.oldest().closeTime()), "NOT_FOUND", hash, 0, false, null,
				null, null, null, new Events(null, null), 0, "0");
	}

	private static Reply found(String hash, AppliedTransaction applied, LedgerHistory.Range range) {
		return new Reply(range.latest().sequence(), Long.toString(range.latest().closeTime()),
				range.oldest().sequence(), Long.toString(range.oldest().closeTime()),
				applied.result().successful() ? "SUCCESS" : "FAILED", hash, applied.order(),
				applied.transaction().feeBump() != null, applied.transaction().envelope(), applied.result().toBase64(),
				XdrCodec.base64(applied.meta()), AppliedTransaction.base64(applied.diagnostics()), Events.of(applied),
				applied.ledger(), Long.toString(applied.closeTime()));
	}

	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	record Events(@Nullable List<String> transactionEventsXdr, @Nullable List<List<String>> contractEventsXdr) {

		static Events of(AppliedTransaction applied) {
			return new Events(AppliedTransaction.base64(applied.feeEvents()),
					applied.contractEvents().stream().map(AppliedTransaction::base64).toList());
		}

	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Reply(long latestLedger, String latestLedgerCloseTime, long oldestLedger, String oldestLedgerCloseTime,
			String status, String txHash, int applicationOrder, boolean feeBump, @Nullable String envelopeXdr,
			@Nullable String resultXdr, @Nullable String resultMetaXdr,
			@JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<String> diagnosticEventsXdr, Events events,
			long ledger, String createdAt) {
	}

}
