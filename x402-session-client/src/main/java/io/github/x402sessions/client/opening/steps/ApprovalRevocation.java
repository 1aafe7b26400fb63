package io.github.x402sessions.client.opening.steps;

import io.github.x402sessions.client.approval.AllowanceNeed;
import io.github.x402sessions.client.approval.RevocationStrategy;
import io.github.x402sessions.client.opening.SessionNotClosedException;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.approval.UnsignedApproval;
import io.github.x402sessions.stellar.rpc.ChainException;

/**
 * Takes an allowance back.
 *
 * @param plan whose it is
 * @param strategy the way to the ledger
 */
public record ApprovalRevocation(SessionPlan plan, RevocationStrategy strategy) {

	/**
	 * Approve what others need.
	 * @throws SessionNotClosedException if it did not take effect, or perhaps not
	 */
	public void approve(String spender, AllowanceNeed need) {
		SignedApproval signed = sign(spender, need);
		this.strategy.submit(signed)
			.orThrow(
					(refused) -> new SessionNotClosedException("the approval " + signed.hash()
							+ " took no effect, the allowance stands: " + refused.reason(), null),
					(unknown) -> new SessionNotClosedException("the approval " + signed.hash()
							+ " was sent and it is unknown whether it took the allowance back: " + unknown.reason(),
							null));
	}

	private SignedApproval sign(String spender, AllowanceNeed need) {
		UnsignedApproval unsigned;
		try {
			unsigned = this.strategy.prepare(this.plan.approval(spender, need));
		}
		catch (ChainException ex) {
			throw new SessionNotClosedException("nothing was signed, the allowance stands: " + ex.getMessage(), ex);
		}
		try {
			return unsigned
				.signedAs(this.plan.signer().signTransaction(unsigned.envelope(), this.plan.network().passphrase()));
		}
		catch (RuntimeException ex) {
			throw new SessionNotClosedException("nothing was sent, the allowance stands: the signer did not sign", ex);
		}
	}

}
