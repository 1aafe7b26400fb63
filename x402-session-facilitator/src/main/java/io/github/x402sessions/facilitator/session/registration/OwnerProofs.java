package io.github.x402sessions.facilitator.session.registration;

import java.util.Base64;

import io.github.x402sessions.core.price.StellarAddress;
import io.github.x402sessions.stellar.account.SignedMessage;
import io.github.x402sessions.stellar.approval.ContractConsent;
import io.github.x402sessions.stellar.balance.AccountState;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Checks whether a payer has signed a text: an account by its own key as SEP-53 says, a
 * contract by what its {@code __check_auth} accepts. Thread-safe.
 */
public final class OwnerProofs {

	private final LedgerState chain;

	private final ContractConsent consent;

	/**
	 * Create it.
	 * @param chain reads accounts
	 * @param consent asks contracts
	 */
	public OwnerProofs(LedgerState chain, ContractConsent consent) {
		this.chain = chain;
		this.consent = consent;
	}

	/**
	 * Require that a registration that carries a proof is its payer's.
	 * @throws RegistrationException if it is not
	 * @throws RpcException if the node does not answer
	 */
	void require(RegistrationRequest request) {
		String proof = request.proof();
		if (proof != null) {
			requireSigned(new Parties(request.asset(), request.user(), request.recipient()),
					OwnerProof.message(request), proof, "'proof' is not the user's signature over these terms");
		}
	}

	/**
	 * Require that a text is signed by the payer.
	 * @param parties the payer, and what is paid to whom
	 * @param refusal what is said if not
	 * @throws RegistrationException if it is not
	 * @throws RpcException if the node does not answer
	 */
	public void requireSigned(Parties parties, String text, String proof, String refusal) {
		if (StellarAddress.isContract(parties.from())) {
			ClaimCheck.require(this.consent.isGiven(text, parties, proof), refusal);
		}
		else {
			ClaimCheck.require(isSignedBy(parties.from(), text, proof), refusal);
			requireOwnKey(parties.from());
		}
	}

	private static boolean isSignedBy(String account, String text, String proof) {
		try {
			return SignedMessage.isSignedBy(account, text, Base64.getDecoder().decode(proof));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * The account's own key, which signs proofs, may approve by itself as the ledger has
	 * it now: a key that the owner has rotated away proves nothing.
	 */
	private void requireOwnKey(String user) {
		AccountState account = this.chain.account(user)
			.orElseThrow(() -> RegistrationException.notNow("'user' has no account on the ledger yet; try again"));
		ClaimCheck.require(account.isOwnKeyEnough(),
				"'proof' is by the account's own key, which may not approve alone: the key was replaced, or others "
						+ "have to sign with it; such an account can pay listed recipients without a 'proof'");
	}

}
