package io.github.x402sessions.stellar.transfer;

import java.math.BigInteger;

import io.github.x402sessions.stellar.balance.Allowance;
import io.github.x402sessions.stellar.balance.Balance;
import io.github.x402sessions.stellar.balance.TransferFailure;
import org.jspecify.annotations.Nullable;

/**
 * The readiness of two parties for a transfer, in one ledger: what decides whether it
 * would succeed.
 *
 * @param allowance what the payer lets the spender take
 * @param payer what the payer holds
 * @param recipient what the recipient holds
 * @param ledger the ledger
 */
public record TransferReadiness(Allowance allowance, Balance payer, Balance recipient, long ledger) {

	/**
	 * Say why a transfer would fail, in the order in which the asset's contract looks.
	 * @param amount what is transferred, base units
	 * @return the cause, or {@code null} if it would not fail
	 */
	public @Nullable TransferFailure refusal(BigInteger amount) {
		if (!this.allowance.covers(amount)) {
			return TransferFailure.ALLOWANCE;
		}
		TransferFailure ofPayer = this.payer.refusalToPay(amount);
		return (ofPayer != null) ? ofPayer : this.recipient.refusalToReceive(amount);
	}

}
