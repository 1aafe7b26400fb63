package io.github.x402sessions.stellar.balance;

import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.stellar.rpc.LedgerEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stellar.sdk.Address;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.ContractDataEntry;
import org.stellar.sdk.xdr.ExtensionPoint;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.SCVal;

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
		LinkedHashMap<SCVal, SCVal> value = new LinkedHashMap<>();
		value.put(Scv.toSymbol("amount"), Scv.toInt128(BigInteger.valueOf(7)));
		value.put(Scv.toSymbol("live_until_ledger"), Scv.toUint32(liveUntil));
		ContractDataEntry data = new ContractDataEntry();
		data.setExt(new ExtensionPoint());
		data.getExt().setDiscriminant(0);
		data.setContract(new Address(KeyPair.random().getAccountId()).toSCAddress());
		data.setKey(Scv.toVoid());
		data.setDurability(ContractDataDurability.TEMPORARY);
		data.setVal(Scv.toMap(value));
		LedgerEntry.LedgerEntryData entry = new LedgerEntry.LedgerEntryData();
		entry.setDiscriminant(LedgerEntryType.CONTRACT_DATA);
		entry.setContractData(data);
		return entry.toXdrBase64();
	}

}
