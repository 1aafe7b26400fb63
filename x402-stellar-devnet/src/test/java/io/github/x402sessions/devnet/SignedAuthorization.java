package io.github.x402sessions.devnet;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

import io.github.x402sessions.devnet.xdr.XdrCodec;
import io.github.x402sessions.devnet.xdr.XdrWriter;
import org.stellar.sdk.Address;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SorobanAddressCredentials;
import org.stellar.sdk.xdr.SorobanAuthorizationEntry;
import org.stellar.sdk.xdr.SorobanAuthorizedFunction;
import org.stellar.sdk.xdr.SorobanAuthorizedFunctionType;
import org.stellar.sdk.xdr.SorobanAuthorizedInvocation;
import org.stellar.sdk.xdr.SorobanCredentials;
import org.stellar.sdk.xdr.SorobanCredentialsType;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * Consent to one call, with all that can be wrong with it.
 *
 * @param address who consents
 * @param nonce good once
 * @param expiration the last ledger in which it is good
 * @param call what is consented to
 */
record SignedAuthorization(String address, long nonce, long expiration, InvokeContractArgs call) {

	private static final int PLAIN_PREIMAGE = 9;

	private static final int NAMING_PREIMAGE = 10;

	/** The source account's, which signs the transaction. */
	static SorobanAuthorizationEntry ofSource(InvokeContractArgs call) {
		return new SorobanAuthorizationEntry.Builder()
			.credentials(new SorobanCredentials.Builder()
				.discriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_SOURCE_ACCOUNT)
				.build())
			.rootInvocation(invocation(call))
			.build();
	}

	private static SorobanAuthorizedInvocation invocation(InvokeContractArgs call) {
		return new SorobanAuthorizedInvocation.Builder()
			.function(new SorobanAuthorizedFunction.Builder()
				.discriminant(SorobanAuthorizedFunctionType.SOROBAN_AUTHORIZED_FUNCTION_TYPE_CONTRACT_FN)
				.contractFn(call)
				.build())
			.subInvocations(new SorobanAuthorizedInvocation[0])
			.build();
	}

	/**
	 * The entry in the first form.
	 * @param signatures what stands for the consent
	 */
	SorobanAuthorizationEntry entry(SCVal signatures) {
		return new SorobanAuthorizationEntry.Builder()
			.credentials(new SorobanCredentials.Builder()
				.discriminant(SorobanCredentialsType.SOROBAN_CREDENTIALS_ADDRESS)
				.address(new SorobanAddressCredentials.Builder().address(new Address(this.address).toSCAddress())
					.nonce(new Int64(this.nonce))
					.signatureExpirationLedger(new Uint32(new XdrUnsignedInteger(this.expiration)))
					.signature(signatures)
					.build())
				.build())
			.rootInvocation(invocation(this.call))
			.build();
	}

	/** What is signed: in the newer forms the address is named. */
	byte[] payload(byte[] networkId, boolean naming) {
		XdrWriter preimage = new XdrWriter().int32(naming ? NAMING_PREIMAGE : PLAIN_PREIMAGE)
			.raw(networkId)
			.int64(this.nonce)
			.int32(this.expiration);
		if (naming) {
			preimage.raw(XdrCodec.bytes(new Address(this.address).toSCAddress()::toXdrByteArray));
		}
		return XdrCodec.sha256(preimage.raw(XdrCodec.bytes(invocation(this.call)::toXdrByteArray)).toBytes());
	}

	static SCVal signature(KeyPair signer, byte[] signature) {
		LinkedHashMap<SCVal, SCVal> fields = new LinkedHashMap<>();
		fields.put(Scv.toSymbol("public_key"), Scv.toBytes(signer.getPublicKey()));
		fields.put(Scv.toSymbol("signature"), Scv.toBytes(signature));
		return Scv.toMap(fields);
	}

	/** Signatures of which one thing is wrong, or nothing if {@code fault} is empty. */
	static SCVal signatures(KeyPair signer, byte[] payload, String fault) {
		byte[] good = signer.sign(payload);
		SCVal one = signature(signer, good);
		return switch (fault) {
			case "" -> Scv.toVec(List.of(one));
			case "hash" -> Scv.toVec(List.of(signature(signer, signer.sign(new byte[payload.length]))));
			case "void" -> Scv.toVoid();
			case "empty" -> Scv.toVec(List.of());
			case "dup" -> Scv.toVec(List.of(one, one));
			case "single" -> one;
			case "short" -> Scv.toVec(List.of(signature(signer, Arrays.copyOf(good, good.length - 1))));
			default -> throw new IllegalArgumentException(fault);
		};
	}

}
