package io.github.x402sessions.devnet.contract;

import io.github.x402sessions.devnet.ledger.EntryKey;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;

/**
 * What happens when a contract touches an entry: it is recorded in a simulation, checked
 * against the declared footprint in a ledger.
 */
public sealed interface FootprintPolicy {

	Footprint footprint();

	void onRead(EntryKey key);

	void onWrite(EntryKey key);

	static FootprintPolicy record() {
		return new Recorded(Footprint.empty());
	}

	static FootprintPolicy enforce(Footprint declared) {
		return new Enforced(declared);
	}

	/**
	 * Collects what is touched.
	 *
	 * @param footprint what was touched so far
	 */
	record Recorded(Footprint footprint) implements FootprintPolicy {

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
	record Enforced(Footprint footprint) implements FootprintPolicy {

		@Override
		public void onRead(EntryKey key) {
			require(this.footprint.readOnly().contains(key) || this.footprint.readWrite().contains(key));
		}

		@Override
		public void onWrite(EntryKey key) {
			require(this.footprint.readWrite().contains(key));
		}

		private static void require(boolean declared) {
			if (!declared) {
				throw new HostException(HostError.host(SCErrorType.SCE_STORAGE, SCErrorCode.SCEC_EXCEEDED_LIMIT),
						"trying to access an entry outside of the footprint");
			}
		}

	}

}
