package io.github.x402sessions.devnet.transaction.soroban;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.contract.runtime.FootprintKeys;
import io.github.x402sessions.devnet.fee.DeclaredResources;
import io.github.x402sessions.devnet.fee.FeeSchedule;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.transaction.Rejection;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.LedgerFootprint;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.MemoType;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.SorobanResources;
import org.stellar.sdk.xdr.SorobanTransactionData;
import org.stellar.sdk.xdr.Uint32;

/**
 * The rules for transactions that call contracts: shape, limits and the declared resource
 * fee.
 */
public final class SorobanRules {

	private static final long MAX_INSTRUCTIONS = 400_000_000;

	private static final int MAX_SIZE = 132_096;

	private static final int MAX_FOOTPRINT = 400;

	private static final int MAX_WRITES = 200;

	private static final long MAX_BYTES = 286_720;

	private SorobanRules() {
	}

	public static @Nullable Rejection check(TransactionFrame transaction, SorobanTransactionData data) {
		if (transaction.body().getMemo().getDiscriminant() != MemoType.MEMO_NONE || transaction.muxed()) {
			return Rejection.soroban("Soroban transactions are not allowed to use memo or muxed source account");
		}
		String excess = excess(transaction, data.getResources());
		if (excess != null) {
			return Rejection.soroban(excess);
		}
		if (transaction.resourceFee() > transaction.fee()) {
			return Rejection.soroban("transaction `sorobanData.resourceFee` is higher than the full transaction fee");
		}
		if (transaction.resourceFee() < nonRefundable(transaction, data)) {
			return Rejection
				.soroban("transaction `sorobanData.resourceFee` is lower than the actual Soroban resource fee");
		}
		List<LedgerKey> keys = keys(data.getResources().getFootprint()).toList();
		if (keys.stream().distinct().count() < keys.size()) {
			return Rejection.soroban("footprint contains a duplicate key");
		}
		return restoresWhatCanBe(transaction, data) ? null
				: Rejection.soroban("archived entries are not persistent entries of the writable footprint in order");
	}

	private static boolean restoresWhatCanBe(TransactionFrame transaction, SorobanTransactionData data) {
		LedgerKey[] keys = data.getResources().getFootprint().getReadWrite();
		List<Integer> places = transaction.archived();
		boolean inOrder = IntStream.range(0, places.size())
			.allMatch((i) -> places.get(i) > ((i > 0) ? places.get(i - 1) : -1) && places.get(i) < keys.length);
		return inOrder && transaction.archivedKeys().stream().allMatch(EntryKey::persistent)
				&& (places.isEmpty() || type(transaction) == OperationType.INVOKE_HOST_FUNCTION);
	}

	private static OperationType type(TransactionFrame transaction) {
		return transaction.operations().get(0).getBody().getDiscriminant();
	}

	private static @Nullable String excess(TransactionFrame transaction, SorobanResources resources) {
		LedgerFootprint footprint = resources.getFootprint();
		if (number(resources.getInstructions()) > MAX_INSTRUCTIONS) {
			return "transaction instructions resources exceed network config limit";
		}
		if (number(resources.getReadBytes()) > MAX_BYTES || number(resources.getWriteBytes()) > MAX_BYTES) {
			return "transaction byte resources exceed network config limit";
		}
		if (keys(footprint).count() > MAX_FOOTPRINT || footprint.getReadWrite().length > MAX_WRITES) {
			return "transaction entry resources exceed network config limit";
		}
		if (transaction.size() > MAX_SIZE) {
			return "transaction size exceeds network config limit";
		}
		return keys(footprint).allMatch(SorobanRules::allowed) ? null : "footprint contains an invalid key";
	}

	private static boolean allowed(LedgerKey key) {
		return switch (key.getDiscriminant()) {
			case ACCOUNT, CONTRACT_DATA, CONTRACT_CODE -> true;
			case TRUSTLINE -> issued(key.getTrustLine());
			default -> false;
		};
	}

	private static boolean issued(LedgerKey.LedgerKeyTrustLine line) {
		return switch (line.getAsset().getDiscriminant()) {
			case ASSET_TYPE_CREDIT_ALPHANUM4 -> !line.getAsset().getAlphaNum4().getIssuer().equals(line.getAccountID());
			case ASSET_TYPE_CREDIT_ALPHANUM12 ->
				!line.getAsset().getAlphaNum12().getIssuer().equals(line.getAccountID());
			default -> false;
		};
	}

	/** The cost of the declared resources at the envelope's actual size, in stroops. */
	public static long nonRefundable(TransactionFrame transaction, SorobanTransactionData data) {
		SorobanResources declared = data.getResources();
		int diskReads = (int) FootprintKeys.of(declared.getFootprint()).all().filter(EntryKey::onDisk).count();
		int restored = (type(transaction) == OperationType.RESTORE_FOOTPRINT)
				? declared.getFootprint().getReadWrite().length : transaction.archived().size();
		DeclaredResources resources = new DeclaredResources(number(declared.getInstructions()), diskReads + restored,
				declared.getFootprint().getReadWrite().length, number(declared.getReadBytes()),
				number(declared.getWriteBytes()));
		return FeeSchedule.nonRefundable(resources, transaction.size());
	}

	static long number(Uint32 value) {
		return value.getUint32().getNumber();
	}

	private static Stream<LedgerKey> keys(LedgerFootprint footprint) {
		return Stream.concat(Arrays.stream(footprint.getReadOnly()), Arrays.stream(footprint.getReadWrite()));
	}

}
