package io.github.x402sessions.devnet.transaction.application;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;

import io.github.x402sessions.devnet.Vectors;
import io.github.x402sessions.devnet.contract.HostOutcome;
import io.github.x402sessions.devnet.contract.runtime.FeeEvents;
import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.ledger.Entry;
import io.github.x402sessions.devnet.ledger.EntryChange;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.StoredEntry;
import io.github.x402sessions.devnet.ledger.Trustline;
import io.github.x402sessions.devnet.transaction.OperationResult;
import io.github.x402sessions.devnet.transaction.soroban.InvokeHostFunction;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Asset;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.ContractEvent;
import org.stellar.sdk.xdr.DiagnosticEvent;
import org.stellar.sdk.xdr.OperationType;
import org.stellar.sdk.xdr.SCVal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meta that the SDK cannot encode, against the bytes of one that can.
 */
class TransactionMetaTests {

	private static final String USER = Vectors.text("/keys/user/publicKey");

	private static final String SPENDER = Vectors.text("/keys/facilitator/publicKey");

	private static final String MERCHANT = Vectors.text("/keys/merchant/publicKey");

	private static final Asset USDC = Asset.create(Vectors.text("/contracts/usdcAsset"));

	@Test
	void transferFromHasTheBytesOfVersionFour() throws Exception {
		HostOutcome returned = new HostOutcome.Returned(Scv.toVoid(),
				List.of(ContractEvent.fromXdrBase64(Vectors.text("/events/transfer"))),
				List.of(diagnostic(0), diagnostic(1), diagnostic(2)), 250_000);
		FeeEvents fees = new FeeEvents(Vectors.text("/contracts/nativeSacTestnet"));
		Account spender = Account.opened(SPENDER, 99_999_970_000L, 1000);

		TransactionMeta meta = new TransactionMeta(
				List.of(change(spender,
						new Account(SPENDER, spender.balance(), spender.sequence() + 1, 0, spender.authority(), null,
								""),
						1001)),
				List.of(List.of(
						change(Trustline.opened(USER, USDC).withBalance(1_000_000_000),
								Trustline.opened(USER, USDC).withBalance(999_750_000), 1000),
						change(Trustline.opened(MERCHANT, USDC), Trustline.opened(MERCHANT, USDC).withBalance(250_000),
								1000),
						change(allowance(10_000_000), allowance(9_750_000), 1001))),
				new InvokeHostFunction.Outcome(OperationResult.invoked(new byte[32]), returned,
						new InvokeHostFunction.Fees(25_000, 1200, 0)),
				List.of(fees.charged(SPENDER, 30_000), fees.refunded(SPENDER, 100)));

		assertThat(XdrCodec.base64(meta.toBytes())).isEqualTo(Vectors.text("/meta/transferFromV4"));
	}

	@Test
	void createdAndRemovedEntriesHaveNoOtherSide() {
		StoredEntry stored = new StoredEntry(Account.opened(USER, 1, 1), 2, StoredEntry.FOREVER);
		EntryKey key = stored.entry().key();
		TransactionMeta meta = new TransactionMeta(List.of(),
				List.of(List.of(new EntryChange(key, null, stored)), List.of(new EntryChange(key, stored, null))), null,
				List.of());

		byte[] created = new XdrWriter().int32(0).raw(stored.toXdrBytes()).toBytes();
		byte[] state = new XdrWriter().int32(3).raw(stored.toXdrBytes()).toBytes();
		byte[] removed = new XdrWriter().int32(2).raw(XdrCodec.bytes(key.toXdr()::toXdrByteArray)).toBytes();
		assertThat(meta.toBytes()).isEqualTo(new XdrWriter().int32(4)
			.zeros(8)
			.array(List.of(operation(created), operation(state, removed)))
			.zeros(16)
			.toBytes());
	}

	private static byte[] operation(byte[]... changes) {
		return new XdrWriter().int32(0).array(List.of(changes)).int32(0).toBytes();
	}

	@Test
	void failedCallHasNoOperationsAndNoValue() {
		TransactionMeta meta = new TransactionMeta(List.of(), List.of(),
				new InvokeHostFunction.Outcome(OperationResult.of(OperationType.INVOKE_HOST_FUNCTION, -2), null,
						new InvokeHostFunction.Fees(0, 0, 0)),
				List.of());

		assertThat(meta.contractEvents()).isEmpty();
		assertThat(meta.diagnostics()).isEmpty();
		assertThat(meta.toBytes()).hasSize(40 + 4 + 24);
	}

	private static EntryChange change(Entry before, Entry after, long lastModified) {
		return new EntryChange(before.key(), new StoredEntry(before, lastModified, StoredEntry.FOREVER),
				new StoredEntry(after, 1002, StoredEntry.FOREVER));
	}

	private static ContractData allowance(long amount) throws Exception {
		LinkedHashMap<SCVal, SCVal> value = new LinkedHashMap<>();
		value.put(Scv.toSymbol("amount"), Scv.toInt128(BigInteger.valueOf(amount)));
		value.put(Scv.toSymbol("live_until_ledger"), Scv.toUint32(Vectors.number("/approve/args/live_until_ledger")));
		return new ContractData(Vectors.text("/contracts/usdcSac"),
				SCVal.fromXdrBase64(Vectors.text("/scvals/allowanceKey")), ContractDataDurability.TEMPORARY,
				Scv.toMap(value));
	}

	private static DiagnosticEvent diagnostic(int line) throws Exception {
		return DiagnosticEvent.fromXdrBase64(Vectors.text("/diagnostic/okTrace/" + line));
	}

}
