package io.github.x402sessions.devnet.ledger;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.stellar.sdk.StrKey;
import org.stellar.sdk.xdr.Signer;
import org.stellar.sdk.xdr.SignerKey;
import org.stellar.sdk.xdr.SignerKeyType;
import org.stellar.sdk.xdr.Uint256;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * The signers and thresholds of an account, and the conditions that it sets to holders of
 * its assets. Weights and thresholds are 0 to 255.
 *
 * @param master the weight of the account's own key
 * @param low the threshold to be a transaction's source
 * @param medium the threshold of payments, trustlines and contract calls
 * @param high the threshold to change signers
 * @param signers the weights of other keys, by their {@code G…} address
 * @param flags the issuer's flags
 */
public record Authority(int master, int low, int medium, int high, Map<String, Integer> signers, int flags) {

	/** The issuer must authorize each holder of its asset. */
	public static final int REQUIRED = 1;

	/** The issuer may take the authorization back. */
	public static final int REVOCABLE = 2;

	/** The flags cannot be changed any more. */
	public static final int IMMUTABLE = 4;

	/** The issuer may take its asset back. */
	public static final int CLAWBACK = 8;

	/** The most signers that an account can have. */
	public static final int MAX_SIGNERS = 20;

	public static final Authority MASTER_ONLY = new Authority(1, 0, 0, 0, Map.of(), 0);

	public Authority {
		signers = Map.copyOf(signers);
	}

	public boolean has(int flag) {
		return (this.flags & flag) != 0;
	}

	public Authority withFlags(int flags) {
		return new Authority(this.master, this.low, this.medium, this.high, this.signers, flags);
	}

	/** Sets the weight of a signer; 0 takes it away. */
	public Authority withSigner(String key, int weight) {
		SortedMap<String, Integer> changed = new TreeMap<>(this.signers);
		if (weight == 0) {
			changed.remove(key);
		}
		else {
			changed.put(key, weight);
		}
		return new Authority(this.master, this.low, this.medium, this.high, changed, this.flags);
	}

	byte[] thresholds() {
		return new byte[] { (byte) this.master, (byte) this.low, (byte) this.medium, (byte) this.high };
	}

	/** The signers in the order of their keys. */
	Signer[] toXdr() {
		return new TreeMap<>(this.signers).entrySet()
			.stream()
			.sorted((a, b) -> EntryKey.account(a.getKey()).compareTo(EntryKey.account(b.getKey())))
			.map((signer) -> new Signer.Builder()
				.key(new SignerKey.Builder().discriminant(SignerKeyType.SIGNER_KEY_TYPE_ED25519)
					.ed25519(new Uint256(StrKey.decodeEd25519PublicKey(signer.getKey())))
					.build())
				.weight(new Uint32(new XdrUnsignedInteger((long) signer.getValue())))
				.build())
			.toArray(Signer[]::new);
	}

	/** The address of a signer's key, or an empty text if it is no plain key. */
	public static String name(SignerKey key) {
		return (key.getDiscriminant() == SignerKeyType.SIGNER_KEY_TYPE_ED25519)
				? StrKey.encodeEd25519PublicKey(key.getEd25519().getUint256()) : "";
	}

}
