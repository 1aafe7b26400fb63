package io.github.x402sessions.devnet.rpc;

/**
 * Where a listing goes on, and how long it is at most.
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
			throw new RpcException(tooHigh, "limit must not exceed " + max);
		}
		return new Pagination(pagination.text("cursor"), (limit > 0) ? (int) limit : standard);
	}

	boolean isContinued() {
		return !this.cursor.isEmpty();
	}

}
