package io.github.x402sessions.samples.agent.mcp;

import org.jspecify.annotations.Nullable;

/**
 * Result of a tool that does not do what it was asked for. No text of a server is in it
 * but reasons that look like such.
 *
 * @param error why, for programs
 * @param message why, for people and models
 * @param price what it costs, a decimal, where that is known
 * @param limit what it may cost, a decimal, where it costs more
 * @param asset what price and limit are in
 * @param status the HTTP status, where there was an answer
 * @param reason why the server did not take the payment
 * @param mayHaveBeenCharged what may have been charged all the same, a decimal
 */
record Refusal(String error, String message, @Nullable String price, @Nullable String limit, @Nullable String asset,
		@Nullable Integer status, @Nullable String reason, @Nullable String mayHaveBeenCharged) {

	static Refusal of(RefusalCode code, String message) {
		return new Refusal(code.code(), message, null, null, null, null, null, null);
	}

	Refusal costing(String amount, @Nullable String most, String symbol) {
		return new Refusal(this.error, this.message, amount, most, symbol, this.status, this.reason,
				this.mayHaveBeenCharged);
	}

	Refusal answered(int httpStatus) {
		return new Refusal(this.error, this.message, this.price, this.limit, this.asset, httpStatus, this.reason,
				this.mayHaveBeenCharged);
	}

	/** Reasons are single words; whatever else a server says is not passed on. */
	Refusal because(String servers) {
		String word = servers.matches("[A-Za-z0-9_.-]{1,64}") ? servers : null;
		return new Refusal(this.error, this.message, this.price, this.limit, this.asset, this.status, word,
				this.mayHaveBeenCharged);
	}

	Refusal perhapsCharged(String amount, String symbol) {
		return new Refusal(this.error, this.message, this.price, this.limit, symbol, this.status, this.reason, amount);
	}

}
