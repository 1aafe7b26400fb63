package io.github.x402sessions.devnet.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.network.LocalNetwork;
import io.github.x402sessions.devnet.network.Node;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrException;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.LedgerEntryType;

/**
 * Finds ledger entries by key. Missing entries and expired temporary ones are left out.
 */
final class GetLedgerEntries implements RpcMethod {

	private static final int MAX_KEYS = 200;

	private static final String NO_EXTENSION = "AAAAAA==";

	private final LocalNetwork network;

	GetLedgerEntries(LocalNetwork network) {
		this.network = network;
	}

	@Override
	public Reply call(Params params) {
		List<String> texts = params.texts("keys");
		if (texts.size() > MAX_KEYS) {
			throw JsonRpcException
				.invalidParams("key count (%d) exceeds maximum supported (%d)".formatted(texts.size(), MAX_KEYS));
		}
		List<EntryKey> keys = new ArrayList<>();
		for (String text : texts) {
			keys.add(key(text, keys.size()));
		}
		Node node = this.network.node();
		return node.read((state) -> {
			long latest = node.latest().sequence();
			List<Found> found = keys.stream()
				.map((key) -> found(key, state.find(key), latest))
				.filter(Objects::nonNull)
				.toList();
			return new Reply(found, latest);
		});
	}

	private static EntryKey key(String text, int index) {
		try {
			EntryKey key = EntryKey.parse(text);
			if (key.type() == LedgerEntryType.TTL) {
				throw JsonRpcException.invalidParams("ledger ttl entries cannot be queried directly");
			}
			return key;
		}
		catch (XdrException ex) {
			throw JsonRpcException.invalidParams("cannot unmarshal key value %s at index %d".formatted(text, index));
		}
	}

	private static @Nullable Found found(EntryKey key, @Nullable StoredEntry stored, long latest) {
		if (stored == null || stored.forgottenAt(latest)) {
			return null;
		}
		Long liveUntil = key.onDisk() ? null : Long.valueOf(stored.liveAt(latest) ? stored.liveUntil() : 0);
		return new Found(key.toBase64(), XdrCodec.base64(stored.entry().toXdr()::toXdrByteArray), stored.lastModified(),
				liveUntil, NO_EXTENSION);
	}

	record Reply(List<Found> entries, long latestLedger) {
	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Found(String key, String xdr, long lastModifiedLedgerSeq, @Nullable Long liveUntilLedgerSeq, String extXdr) {
	}

}
