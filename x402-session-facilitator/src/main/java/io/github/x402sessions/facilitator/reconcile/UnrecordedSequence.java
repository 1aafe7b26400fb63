package io.github.x402sessions.facilitator.reconcile;

/**
 * An account of ours whose sequence number the books do not know.
 *
 * @param account its address
 * @param number the number that it has
 * @param transactions how many the books lack
 * @param before the ledger up to which they lack none
 * @param forgotten whether the node has forgotten ledgers since
 */
record UnrecordedSequence(String account, long number, long transactions, long before, boolean forgotten) {

	Finding finding() {
		return Finding.difference(this.account,
				"has made " + this.transactions + " transaction(s) that the books do not know, "
						+ (this.forgotten
								? "perhaps in the ledgers after " + this.before + " that the node has forgotten"
								: "perhaps transfers that payers have signed"));
	}

}
