package io.github.x402sessions.facilitator.settlement.repository;

import io.github.x402sessions.stellar.transfer.Transfer;

/**
 * One payment that is being made.
 *
 * @param id its name in the books
 * @param account the name of the account that it draws on
 * @param transfer what is transferred
 * @param lastLedger the last ledger that may apply it
 * @param committed whether its payee was told of it before it is in a transaction: it is
 * in the books until it is paid, whatever becomes of one
 */
public record Settlement(String id, String account, Transfer transfer, long lastLedger, boolean committed) {

	/**
	 * A payment that nobody was told of yet.
	 * @param id its name in the books
	 * @param account the name of the account that it draws on
	 * @param transfer what is transferred
	 * @param lastLedger the last ledger that may apply it
	 */
	public Settlement(String id, String account, Transfer transfer, long lastLedger) {
		this(id, account, transfer, lastLedger, false);
	}

}
