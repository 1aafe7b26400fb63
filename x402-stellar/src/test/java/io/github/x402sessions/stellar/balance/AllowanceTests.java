package io.github.x402sessions.stellar.balance;

import java.io.IOException;
import java.util.Map;

import io.github.x402sessions.stellar.FakeLedger;
import io.github.x402sessions.stellar.rpc.LedgerEntries;
import io.github.x402sessions.stellar.xdr.LedgerKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long an allowance can be used: a transfer needs the next ledger.
 */
class AllowanceTests {

	private static final long LEDGER = 100;

	@ParameterizedTest
	@CsvSource({ "900,900,7", "900,101,7", "900,100,0", "900,0,0", "101,900,7", "100,900,0", "99,900,0" })
	void allowanceEndsWithItsOwnTimeAndWithItsEntry(long liveUntil, long entryLiveUntil, long usable) throws Exception {
		LedgerEntries entries = new LedgerEntries(Map.of("key", entry(liveUntil)), LEDGER, Map.of(),
				Map.of("key", entryLiveUntil));
		assertThat(Allowance.read(entries, "key").usable()).isEqualTo(usable);
	}

	@Test
	void nodeThatDoesNotSayHowLongAnEntryLivesLeavesItToTheAllowance() throws Exception {
		LedgerEntries entries = new LedgerEntries(Map.of("key", entry(900)), LEDGER, Map.of(), Map.of());
		assertThat(Allowance.read(entries, "key").liveUntil()).isEqualTo(900);
		assertThat(Allowance.read(entries, "another").usable()).isZero();
	}

	private static String entry(long liveUntil) throws IOException {
		String somebody = KeyPair.random().getAccountId();
		return FakeLedger.data(LedgerKeys.allowance(somebody, somebody, somebody), FakeLedger.allowance(7, liveUntil))
			.toXdrBase64();
	}

}
