package io.github.x402sessions.client.approval;

import java.math.BigInteger;

import io.github.x402sessions.stellar.approval.Approval;
import io.github.x402sessions.stellar.approval.ApprovalLookup;
import io.github.x402sessions.stellar.approval.Approvals;
import io.github.x402sessions.stellar.approval.SignedApproval;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.rpc.TransactionLookup;

/**
 * An approval that was found on the chain.
 *
 * @param approval the transaction
 * @param success whether it took effect
 * @param user who approved
 * @param spender who may spend
 * @param asset the asset's contract id
 * @param amount what was approved, base units
 * @param expirationLedger the last ledger in which it can be spent
 */
public record LandedApproval(SignedApproval approval, boolean success, String user, String spender, String asset,
		BigInteger amount, long expirationLedger) {

	static LandedApproval read(String hash, TransactionLookup found, Approvals approvals) {
		String envelope = found.envelope();
		if (envelope == null) {
			throw new ChainException("the RPC server does not show the transaction " + hash, null);
		}
		if (approvals.read(hash, found) instanceof ApprovalLookup.Found is
				&& is.approval().transaction().equals(hash)) {
			Approval approval = is.approval();
			return new LandedApproval(new SignedApproval(hash, envelope, 0),
					found.status() == TransactionLookup.Status.SUCCESS, approval.from(), approval.spender(),
					approval.asset(), approval.amount(), approval.liveUntil());
		}
		throw new IllegalArgumentException("the transaction " + hash + " is no approval");
	}

}
