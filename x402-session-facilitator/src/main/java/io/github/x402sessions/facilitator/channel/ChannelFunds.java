package io.github.x402sessions.facilitator.channel;

import io.github.x402sessions.stellar.balance.AccountState;

/**
 * The lumens that a channel account should hold, all in stroops.
 *
 * @param full what it holds when it is full, as the operator wishes
 * @param dearest what one transaction costs at most
 */
record ChannelFunds(long full, long dearest) {

	/** Of an account that owns nothing but lumens: twice the network's base reserve. */
	private static final long RESERVE = 10_000_000;

	private static final int FEW = 5;

	/** Return what a full account holds: it pays for ten transactions, however dear. */
	long target() {
		return Math.max(this.full, RESERVE + 2 * FEW * this.dearest);
	}

	/** Return what an account wants: what it is short of being full, once it is low. */
	long wanted(AccountState account) {
		boolean low = account.balance() < target() / 2 || account.spendable() < FEW * this.dearest;
		return low ? target() - account.balance() : 0;
	}

	/** Tell whether an account pays for another transaction, however dear. */
	boolean canPay(AccountState account) {
		return account.spendable() >= this.dearest;
	}

	/**
	 * Return what of the spender's lumens may be given away: it keeps enough for fees of
	 * its own.
	 */
	long toSpare(AccountState spender) {
		return spender.spendable() - FEW * this.dearest;
	}

}
