package io.github.x402sessions.devnet.ledger;

import org.stellar.sdk.Address;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.ContractDataEntry;
import org.stellar.sdk.xdr.ExtensionPoint;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.SCVal;

/**
 * A value in the storage of a contract.
 *
 * @param contract the {@code C…} address
 * @param name the key inside the contract
 * @param durability whether it is forgotten or archived when its time is over
 * @param value the value
 */
public record ContractData(String contract, SCVal name, ContractDataDurability durability,
		SCVal value) implements Entry {

	public boolean temporary() {
		return this.durability == ContractDataDurability.TEMPORARY;
	}

	@Override
	public EntryKey key() {
		return EntryKey.contractData(this.contract, this.name, this.durability);
	}

	@Override
	public Kind kind() {
		return Kind.CONTRACT_DATA;
	}

	@Override
	public LedgerEntry.LedgerEntryData toXdr() {
		return new LedgerEntry.LedgerEntryData.Builder().discriminant(LedgerEntryType.CONTRACT_DATA)
			.contractData(new ContractDataEntry.Builder().ext(new ExtensionPoint.Builder().discriminant(0).build())
				.contract(new Address(this.contract).toSCAddress())
				.key(this.name)
				.durability(this.durability)
				.val(this.value)
				.build())
			.build();
	}

}
