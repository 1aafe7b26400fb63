package io.github.x402sessions.devnet.contract.runtime;

import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * The rule for an entry that a contract accesses: recorded in a simulation, checked
 * against the declared footprint in a ledger.
 */
public sealed interface FootprintPolicy {

	FootprintKeys footprint();

	void onRead(EntryKey key);

	void onWrite(EntryKey key);

	static FootprintPolicy record() {
		return new Recorded(FootprintKeys.empty());
	}

	static FootprintPolicy enforce(FootprintKeys declared) {
		return new Enforced(declared);
	}

	/**
	 * Collects what is touched.
	 *
	 * @param footprint what was touched so far
	 */
	record Recorded(FootprintKeys footprint) implements FootprintPolicy {

		@Override
		public void onRead(EntryKey key) {
			if (!this.footprint.readWrite().contains(key)) {
				this.footprint.readOnly().add(key);
			}
		}

		@Override
		public void onWrite(EntryKey key) {
			this.footprint.readOnly().remove(key);
			this.footprint.readWrite().add(key);
		}

	}

	/**
	 * Refuses what was not declared.
	 *
	 * @param footprint what was declared
	 */
	record Enforced(FootprintKeys footprint) implements FootprintPolicy {

		@Override
		public void onRead(EntryKey key) {
			require(this.footprint.readOnly().contains(key) || this.footprint.readWrite().contains(key), key);
		}

		@Override
		public void onWrite(EntryKey key) {
			require(this.footprint.readWrite().contains(key), key);
		}

		private static void require(boolean declared, EntryKey key) {
			if (!declared) {
				throw outside(key.toXdr());
			}
		}

		private static HostException outside(LedgerKey key) {
			return switch (key.getDiscriminant()) {
				case ACCOUNT -> outside("account", Scv.toAddress(Strkeys.of(key.getAccount().getAccountID())));
				case TRUSTLINE ->
					outside("account trustline", Scv.toAddress(Strkeys.of(key.getTrustLine().getAccountID())));
				default -> outside(key.getContractData());
			};
		}

		private static HostException outside(LedgerKey.LedgerKeyContractData data) {
			SCVal contract = Scv.toAddress(Strkeys.of(data.getContract()));
			SCValType name = data.getKey().getDiscriminant();
			if (name == SCValType.SCV_LEDGER_KEY_CONTRACT_INSTANCE) {
				return outside("contract instance", contract);
			}
			return (name == SCValType.SCV_LEDGER_KEY_NONCE) ? outside("nonce", contract)
					: outside("contract data key", contract, data.getKey());
		}

		private static HostException outside(String kind, SCVal... facts) {
			return new HostException(HostError.host(SCErrorType.SCE_STORAGE, SCErrorCode.SCEC_EXCEEDED_LIMIT),
					"trying to access " + kind + " outside of the footprint", facts);
		}

	}

}
