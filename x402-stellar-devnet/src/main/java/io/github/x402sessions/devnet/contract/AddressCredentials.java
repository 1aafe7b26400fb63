package io.github.x402sessions.devnet.contract;

import java.util.Arrays;

import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.xdr.Strkeys;
import io.github.x402sessions.devnet.xdr.Xdr;
import io.github.x402sessions.devnet.xdr.XdrSink;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.HashIDPreimage;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCMapEntry;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;
import org.stellar.sdk.xdr.SorobanAddressCredentials;

/**
 * An account's own consent to a call: signatures over it, good once and until a ledger.
 *
 * @param given the authorization that carries it
 * @param networkId the network for which it is signed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record AddressCredentials(Authorization given, byte[] networkId) {

	/** Instructions that checking the consent takes, estimated. */
	static final long INSTRUCTIONS = 470_000;

	private static final int NAMING_PREIMAGE = 10;

	private static final int KEY_BYTES = 32;

	private static final int SIGNATURE_BYTES = 64;

	/**
	 * Checks the signatures, then uses up the nonce.
	 * @throws HostException if the consent is not good
	 */
	void consume(ContractStorage storage) {
		authenticate(storage);
		SCVal now = Scv.toUint32(storage.ledger());
		if (storage.ledger() > expiration()) {
			throw auth(SCErrorCode.SCEC_INVALID_INPUT, "signature has expired", Scv.toAddress(address()), now,
					Scv.toUint32(expiration()));
		}
		if (expiration() > storage.maxLiveUntil()) {
			throw auth(SCErrorCode.SCEC_INVALID_INPUT, "signature expiration is too late", Scv.toAddress(address()),
					Scv.toUint32(storage.maxLiveUntil()), Scv.toUint32(expiration()));
		}
		use(storage, address(), credentials().getNonce().getInt64(), expiration());
	}

	/** Keeps a nonce until its signature has expired. */
	static void use(ContractStorage storage, String address, long nonce, long expiration) {
		ContractData used = new ContractData(address, Scv.toLedgerKeyNonce(nonce), ContractDataDurability.TEMPORARY,
				Scv.toVoid());
		if (storage.read(used.key()) != null) {
			throw auth(SCErrorCode.SCEC_EXISTING_VALUE, "nonce already exists for address", Scv.toAddress(address));
		}
		storage.write(used);
		long life = expiration - storage.ledger();
		storage.extend(used.key(), life, life);
	}

	private void authenticate(ContractStorage storage) {
		if (!(storage.read(EntryKey.account(address())) instanceof Account account)) {
			throw failed();
		}
		SCVal signatures = credentials().getSignature();
		if (signatures.getDiscriminant() != SCValType.SCV_VEC || signatures.getVec() == null) {
			throw failed();
		}
		SCVal[] given = signatures.getVec().getSCVec();
		if (given.length == 0 || given.length > Authority.MAX_SIGNERS) {
			throw failed();
		}
		byte[] payload = payload();
		byte[] previous = {};
		int weight = 0;
		for (SCVal signature : given) {
			byte[] key = field(signature, 0, "public_key", KEY_BYTES);
			if (Arrays.compareUnsigned(previous, key) >= 0
					|| !verifies(key, payload, field(signature, 1, "signature", SIGNATURE_BYTES))) {
				throw failed();
			}
			int own = weight(account, StrKey.encodeEd25519PublicKey(key));
			if (own == 0) {
				throw failed();
			}
			weight += own;
			previous = key;
		}
		if (weight < account.authority().medium()) {
			throw failed();
		}
	}

	/** Whether a signature is good; bytes that are no point of the curve sign nothing. */
	private static boolean verifies(byte[] key, byte[] payload, byte[] signature) {
		try {
			return KeyPair.fromPublicKey(key).verify(payload, signature);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private static int weight(Account account, String key) {
		Authority authority = account.authority();
		return key.equals(account.id()) ? authority.master() : authority.signers().getOrDefault(key, 0);
	}

	private byte[] field(SCVal signature, int position, String name, int length) {
		if (signature.getDiscriminant() != SCValType.SCV_MAP || signature.getMap() == null
				|| signature.getMap().getSCMap().length != 2) {
			throw failed();
		}
		SCMapEntry found = signature.getMap().getSCMap()[position];
		if (!Scv.toSymbol(name).equals(found.getKey()) || found.getVal().getDiscriminant() != SCValType.SCV_BYTES
				|| found.getVal().getBytes().getSCBytes().length != length) {
			throw failed();
		}
		return found.getVal().getBytes().getSCBytes();
	}

	private byte[] payload() {
		return Xdr.sha256(this.given.naming() ? namingPreimage() : preimage());
	}

	/** What is signed since protocol 27, which the SDK cannot write. */
	private byte[] namingPreimage() {
		return new XdrSink().int32(NAMING_PREIMAGE)
			.raw(this.networkId)
			.int64(credentials().getNonce().getInt64())
			.int32(expiration())
			.raw(Xdr.bytes(credentials().getAddress()::toXdrByteArray))
			.raw(Xdr.bytes(this.given.entry().getRootInvocation()::toXdrByteArray))
			.toBytes();
	}

	private byte[] preimage() {
		HashIDPreimage signed = new HashIDPreimage.Builder()
			.discriminant(EnvelopeType.ENVELOPE_TYPE_SOROBAN_AUTHORIZATION)
			.sorobanAuthorization(
					new HashIDPreimage.HashIDPreimageSorobanAuthorization.Builder().networkID(new Hash(this.networkId))
						.nonce(credentials().getNonce())
						.signatureExpirationLedger(credentials().getSignatureExpirationLedger())
						.invocation(this.given.entry().getRootInvocation())
						.build())
			.build();
		return Xdr.bytes(signed::toXdrByteArray);
	}

	private HostException failed() {
		return auth(SCErrorCode.SCEC_INVALID_ACTION, "failed account authentication with error",
				Scv.toAddress(address()), new HostError.OfContract(5).toScVal());
	}

	private static HostException auth(SCErrorCode code, String message, SCVal... facts) {
		return new HostException(HostError.host(SCErrorType.SCE_AUTH, code), message, facts);
	}

	private String address() {
		return Strkeys.of(credentials().getAddress());
	}

	private long expiration() {
		return credentials().getSignatureExpirationLedger().getUint32().getNumber();
	}

	private SorobanAddressCredentials credentials() {
		return this.given.entry().getCredentials().getAddress();
	}

}
