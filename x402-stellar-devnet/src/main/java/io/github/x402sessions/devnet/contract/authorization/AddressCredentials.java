package io.github.x402sessions.devnet.contract.authorization;

import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.contract.runtime.Frame;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.ledger.ContractData;
import io.github.x402sessions.devnet.xdr.MuxedAddress;
import io.github.x402sessions.devnet.xdr.Strkeys;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.EnvelopeType;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAddressCredentials;

/**
 * The consent of an address to a call: signatures over it, valid once and until a ledger.
 *
 * @param given the authorization that carries it
 * @param networkId the network for which it is signed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record AddressCredentials(Authorization given, byte[] networkId) {

	/** The number of the preimage that names the address, which the SDK does not know. */
	private static final int NAMING_PREIMAGE = 10;

	/**
	 * Checks the signatures, then uses up the nonce.
	 * @throws HostException if the consent is not good
	 */
	void consume(Frame frame) {
		ContractStorage storage = frame.storage();
		authenticate(frame);
		SCVal now = Scv.toUint32(storage.ledger());
		if (storage.ledger() > expiration()) {
			throw HostException.auth(SCErrorCode.SCEC_INVALID_INPUT, "signature has expired", Scv.toAddress(address()),
					now, Scv.toUint32(expiration()));
		}
		if (expiration() > storage.maxLiveUntil()) {
			throw HostException.auth(SCErrorCode.SCEC_INVALID_INPUT, "signature expiration is too late",
					Scv.toAddress(address()), Scv.toUint32(storage.maxLiveUntil()), Scv.toUint32(expiration()));
		}
		use(storage, address(), credentials().getNonce().getInt64(), expiration());
	}

	/** Keeps a nonce until its signature has expired. */
	static void use(ContractStorage storage, String address, long nonce, long expiration) {
		ContractData used = new ContractData(address, Scv.toLedgerKeyNonce(nonce), ContractDataDurability.TEMPORARY,
				Scv.toVoid());
		if (storage.read(used.key()) != null) {
			throw HostException.auth(SCErrorCode.SCEC_EXISTING_VALUE, "nonce already exists for address",
					Scv.toAddress(address));
		}
		storage.write(used);
		long life = expiration - storage.ledger();
		storage.extend(used.key(), life, life);
	}

	/** An error of the address itself is logged before the refusal. */
	private void authenticate(Frame frame) {
		try {
			if (Strkeys.isContract(address())) {
				ContractAccountCheck.of(address(), frame)
					.run(payload(), credentials().getSignature(), this.given.entry().getRootInvocation());
			}
			else {
				new ClassicAccountCheck(address(), frame.storage()).check(credentials().getSignature(), payload());
			}
		}
		catch (HostException ex) {
			frame.events().failed(frame.contract(), ex);
			throw HostException.auth(SCErrorCode.SCEC_INVALID_ACTION, "failed account authentication with error",
					Scv.toAddress(address()), ex.error().toScVal());
		}
	}

	private byte[] payload() {
		boolean naming = this.given.form() != CredentialsForm.PLAIN;
		XdrWriter preimage = new XdrWriter()
			.int32(naming ? NAMING_PREIMAGE : EnvelopeType.ENVELOPE_TYPE_SOROBAN_AUTHORIZATION.getValue())
			.raw(this.networkId)
			.int64(credentials().getNonce().getInt64())
			.int32(expiration());
		if (naming) {
			preimage.raw(XdrCodec.bytes(credentials().getAddress()::toXdrByteArray));
		}
		preimage.raw(MuxedAddress.toWire(XdrCodec.bytes(this.given.entry().getRootInvocation()::toXdrByteArray)));
		return XdrCodec.sha256(preimage.toBytes());
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
