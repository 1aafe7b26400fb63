package io.github.x402sessions.devnet.contract.authorization;

import java.util.List;

import io.github.x402sessions.devnet.contract.runtime.HostError;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.contract.runtime.InstructionCost;
import io.github.x402sessions.devnet.contract.runtime.InstructionMeter;
import io.github.x402sessions.devnet.xdr.Ed25519;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCMapEntry;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * A signature with its public key, the form in which accounts consent.
 *
 * @param key the public key, 32 bytes
 * @param signature the signature, 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record AccountSignature(byte[] key, byte[] signature) {

	private static final int KEY_BYTES = 32;

	private static final int SIGNATURE_BYTES = 64;

	/**
	 * The signatures of a consent, not looked at yet.
	 * @throws HostException if it is no list
	 */
	static List<SCVal> listed(SCVal consent) {
		if (consent.getDiscriminant() != SCValType.SCV_VEC || consent.getVec() == null) {
			throw HostException.unexpectedType();
		}
		return List.of(consent.getVec().getSCVec());
	}

	/**
	 * Reads one of them.
	 * @throws HostException if it has not the shape of one
	 */
	static AccountSignature of(SCVal value) {
		if (value.getDiscriminant() != SCValType.SCV_MAP || value.getMap() == null
				|| value.getMap().getSCMap().length != 2) {
			throw HostException.unexpectedType();
		}
		SCMapEntry[] fields = value.getMap().getSCMap();
		return new AccountSignature(field(fields[0], "public_key", KEY_BYTES),
				field(fields[1], "signature", SIGNATURE_BYTES));
	}

	private static byte[] field(SCMapEntry field, String name, int length) {
		if (!Scv.toSymbol(name).equals(field.getKey()) || field.getVal().getDiscriminant() != SCValType.SCV_BYTES) {
			throw HostException.unexpectedType();
		}
		byte[] bytes = Scv.fromBytes(field.getVal());
		if (bytes.length != length) {
			throw new HostException(HostError.host(SCErrorType.SCE_VALUE, SCErrorCode.SCEC_UNEXPECTED_SIZE),
					"Bytes had unexpected size");
		}
		return bytes;
	}

	/** The key's {@code G…} address. */
	String signer() {
		return StrKey.encodeEd25519PublicKey(this.key);
	}

	/**
	 * Returns if it signs the payload.
	 * @throws HostException if it does not
	 */
	void verify(byte[] payload, InstructionMeter meter) {
		meter.charge(InstructionCost.SIGNATURE);
		if (!Ed25519.verifies(this.key, payload, this.signature)) {
			throw new HostException(HostError.host(SCErrorType.SCE_CRYPTO, SCErrorCode.SCEC_INVALID_INPUT),
					"failed ED25519 verification");
		}
	}

}
