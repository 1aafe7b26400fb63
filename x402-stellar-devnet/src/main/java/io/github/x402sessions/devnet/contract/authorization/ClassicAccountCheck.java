package io.github.x402sessions.devnet.contract.authorization;

import java.util.Arrays;
import java.util.List;

import io.github.x402sessions.devnet.contract.runtime.ContractError;
import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.Authority;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;

/**
 * The rule that is built into every account: its signers, in the order of their keys,
 * sign with the weight of the medium threshold together.
 *
 * @param address the account
 * @param storage where it is kept
 */
record ClassicAccountCheck(String address, ContractStorage storage) {

	/**
	 * Returns if the account consents.
	 * @throws HostException if it does not
	 */
	void check(SCVal consent, byte[] payload) {
		List<SCVal> given = AccountSignature.listed(consent);
		if (given.size() > Authority.MAX_SIGNERS) {
			throw ContractError.AUTHENTICATION.because("too many account signers", Scv.toUint32(given.size()));
		}
		if (given.isEmpty()) {
			throw ContractError.AUTHENTICATION.because("no account signatures found");
		}
		Account account = this.storage.account(this.address);
		byte[] previous = {};
		int weight = 0;
		for (SCVal value : given) {
			AccountSignature signature = AccountSignature.of(value);
			if (Arrays.compareUnsigned(previous, signature.key()) >= 0) {
				throw ContractError.AUTHENTICATION.because("public keys are not ordered", Scv.toBytes(previous),
						Scv.toBytes(signature.key()));
			}
			signature.verify(payload, this.storage.meter());
			int own = weight(account, signature.signer());
			if (own == 0) {
				throw ContractError.AUTHENTICATION.because("signer does not belong to account",
						Scv.toBytes(signature.key()));
			}
			weight += own;
			previous = signature.key();
		}
		if (weight < account.authority().medium()) {
			throw ContractError.AUTHENTICATION.because("signature weight is lower than threshold", Scv.toUint32(weight),
					Scv.toUint32(account.authority().medium()));
		}
	}

	private static int weight(Account account, String key) {
		Authority authority = account.authority();
		return key.equals(account.id()) ? authority.master() : authority.signers().getOrDefault(key, 0);
	}

}
