package io.github.x402sessions.devnet.rpc;

import io.github.x402sessions.devnet.ledger.LedgerHistory;

/**
 * The position from which a listing goes on, and its greatest length.
 *
 * @param cursor the last item of the listing before; empty for a new one
 * @param limit how many items
 */
record Pagination(String cursor, int limit) {

	/**
	 * Reads the request.
	 * @param standard the limit if none is named
	 * @param max the highest limit
	 * @param tooHigh the code of the error if it is higher
	 */
	static Pagination of(Params params, int standard, int max, int tooHigh) {
		Params pagination = params.object("pagination");
		long limit = pagination.number("limit");
		if (limit > max) {
			throw new JsonRpcException(tooHigh, "limit must not exceed " + max);
		}
		return new Pagination(pagination.text("cursor"), (limit > 0) ? (int) limit : standard);
	}

	/**
	 * The ledger from which a listing starts, unless it is continued.
	 * @param range the ledgers that can be listed
	 * @throws JsonRpcException if it is none of them, or both are given
	 */
	long start(Params params, LedgerHistory.Range range) {
		long ledger = params.number("startLedger");
		if (isContinued()) {
			if (ledger != 0) {
				throw JsonRpcException.invalidRequest(
						"startLedger (%d) and cursor (%s) cannot both be set".formatted(ledger, this.cursor));
			}
			return 0;
		}
		if (!range.contains(ledger)) {
			throw JsonRpcException.invalidRequest(
					"start ledger (%d) must be between the oldest ledger: %d and the latest ledger: %d".formatted(
							ledger, range.oldest().sequence(), range.latest().sequence()) + " for this rpc instance");
		}
		return ledger;
	}

	/** The cursor as a number. */
	long cursorNumber() {
		try {
			return Long.parseLong(this.cursor);
		}
		catch (NumberFormatException ex) {
			throw JsonRpcException.invalidParams("cursor is not a number");
		}
	}

	boolean isContinued() {
		return !this.cursor.isEmpty();
	}

}
