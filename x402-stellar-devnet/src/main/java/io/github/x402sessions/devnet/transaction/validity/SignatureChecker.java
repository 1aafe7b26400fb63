package io.github.x402sessions.devnet.transaction.validity;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.transaction.SignatureCache;
import io.github.x402sessions.devnet.transaction.TransactionFrame;
import io.github.x402sessions.devnet.xdr.Ed25519;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.xdr.DecoratedSignature;

/**
 * Checks the signatures of one transaction: the accounts that they authorize, and that
 * each of them is used. Not thread-safe.
 */
final class SignatureChecker {

	private static final int HINT_BYTES = 4;

	private final byte[] hash;

	private final List<DecoratedSignature> signatures;

	private final SignatureCache cache;

	private final BitSet used = new BitSet();

	SignatureChecker(TransactionFrame transaction) {
		this.hash = transaction.hash();
		this.signatures = transaction.signatures();
		this.cache = transaction.cache();
	}

	/**
	 * Whether an account's keys signed with enough weight together; even a threshold of 0
	 * needs one. Counting ends once there is enough, so that more signatures are too
	 * many.
	 */
	boolean authorize(Account account, int threshold) {
		Authority authority = account.authority();
		Map<String, Integer> keys = new TreeMap<>(authority.signers());
		keys.put(account.id(), authority.master());
		int weight = 0;
		for (Map.Entry<String, Integer> key : keys.entrySet()) {
			if (key.getValue() > 0 && signedBy(key.getKey())) {
				weight += key.getValue();
				if (weight >= threshold) {
					return true;
				}
			}
		}
		return false;
	}

	/** Whether a key signed, for an account that need not exist. */
	boolean signedBy(String account) {
		byte[] key = StrKey.decodeEd25519PublicKey(account);
		byte[] hint = Arrays.copyOfRange(key, key.length - HINT_BYTES, key.length);
		for (int i = 0; i < this.signatures.size(); i++) {
			DecoratedSignature candidate = this.signatures.get(i);
			if (Arrays.equals(candidate.getHint().getSignatureHint(), hint) && this.cache.isGood(i, account,
					() -> Ed25519.verifies(key, this.hash, candidate.getSignature().getSignature()))) {
				this.used.set(i);
				return true;
			}
		}
		return false;
	}

	boolean allUsed() {
		return this.used.cardinality() == this.signatures.size();
	}

}
