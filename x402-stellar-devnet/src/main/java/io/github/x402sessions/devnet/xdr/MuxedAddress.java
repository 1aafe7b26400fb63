package io.github.x402sessions.devnet.xdr;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.AccountConverter;
import org.stellar.sdk.StrKey;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractExecutable;
import org.stellar.sdk.xdr.ContractExecutableType;
import org.stellar.sdk.xdr.CryptoKeyType;
import org.stellar.sdk.xdr.Hash;
import org.stellar.sdk.xdr.MuxedAccount;
import org.stellar.sdk.xdr.SCContractInstance;
import org.stellar.sdk.xdr.SCMap;
import org.stellar.sdk.xdr.SCMapEntry;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;
import org.stellar.sdk.xdr.Uint256;
import org.stellar.sdk.xdr.Uint64;
import org.stellar.sdk.xdr.XdrUnsignedHyperInteger;

/**
 * An account that many share, told apart by a number ({@code M…}). The SDK's values
 * cannot hold one: a stand-in takes its place, an instance of a contract, which no
 * argument can be.
 *
 * @param key the account's public key, 32 bytes
 * @param id the number, 64 bits without a sign
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record MuxedAddress(byte[] key, BigInteger id) {

	private static final int ID_BYTES = 8;

	private static final int KEY_BYTES = 32;

	/** The number of muxed addresses among addresses. */
	private static final int MUXED = 2;

	/**
	 * The bytes of a stand-in between its beginning and its key, and between its key and
	 * its id.
	 */
	private static final byte[] HEAD = new XdrWriter().int32(SCValType.SCV_CONTRACT_INSTANCE.getValue())
		.int32(ContractExecutableType.CONTRACT_EXECUTABLE_WASM.getValue())
		.toBytes();

	private static final byte[] MIDDLE = new XdrWriter().int32(1)
		.int32(1)
		.int32(SCValType.SCV_VOID.getValue())
		.int32(SCValType.SCV_U64.getValue())
		.toBytes();

	private static final int LENGTH = HEAD.length + KEY_BYTES + MIDDLE.length + ID_BYTES;

	/** The address behind a stand-in; {@code null} if the value is none. */
	public static @Nullable MuxedAddress of(SCVal value) {
		SCContractInstance instance = value.getInstance();
		if (value.getDiscriminant() != SCValType.SCV_CONTRACT_INSTANCE || instance.getStorage() == null
				|| instance.getExecutable().getWasm_hash() == null) {
			return null;
		}
		SCMapEntry[] fields = instance.getStorage().getSCMap();
		return (fields.length == 1 && fields[0].getVal().getDiscriminant() == SCValType.SCV_U64) ? new MuxedAddress(
				instance.getExecutable().getWasm_hash().getHash(), Scv.fromUint64(fields[0].getVal())) : null;
	}

	/** The value that stands for it. */
	public SCVal toScVal() {
		return Scv.toContractInstance(new SCContractInstance.Builder()
			.executable(new ContractExecutable.Builder().discriminant(ContractExecutableType.CONTRACT_EXECUTABLE_WASM)
				.wasm_hash(new Hash(this.key))
				.build())
			.storage(new SCMap(
					new SCMapEntry[] { new SCMapEntry.Builder().key(Scv.toVoid()).val(Scv.toUint64(this.id)).build() }))
			.build());
	}

	/** The account. */
	public String account() {
		return StrKey.encodeEd25519PublicKey(this.key);
	}

	/** The {@code M…} address. */
	@Override
	public String toString() {
		return AccountConverter.enableMuxed()
			.decode(new MuxedAccount.Builder().discriminant(CryptoKeyType.KEY_TYPE_MUXED_ED25519)
				.med25519(new MuxedAccount.MuxedAccountMed25519.Builder()
					.id(new Uint64(new XdrUnsignedHyperInteger(this.id)))
					.ed25519(new Uint256(this.key))
					.build())
				.build());
	}

	/** Whether addresses of a type are muxed. */
	static boolean isMuxed(int addressType) {
		return addressType == MUXED;
	}

	/** Puts the addresses back where bytes have their stand-ins. */
	public static byte[] toWire(byte[] xdr) {
		List<Integer> found = new ArrayList<>();
		for (int at = 0; at + LENGTH <= xdr.length; at += Integer.BYTES) {
			if (matches(xdr, at, HEAD) && matches(xdr, at + HEAD.length + KEY_BYTES, MIDDLE)) {
				found.add(at);
			}
		}
		if (found.isEmpty()) {
			return xdr;
		}
		XdrWriter wire = new XdrWriter();
		ByteBuffer in = ByteBuffer.wrap(xdr);
		for (int at : found) {
			wire.raw(take(in, at - in.position()));
			in.position(at + HEAD.length);
			byte[] key = take(in, KEY_BYTES);
			in.position(in.position() + MIDDLE.length);
			wire.int32(SCValType.SCV_ADDRESS.getValue()).int32(MUXED).raw(take(in, ID_BYTES)).raw(key);
		}
		return wire.raw(take(in, in.remaining())).toBytes();
	}

	private static boolean matches(byte[] xdr, int at, byte[] pattern) {
		for (int i = 0; i < pattern.length; i++) {
			if (xdr[at + i] != pattern[i]) {
				return false;
			}
		}
		return true;
	}

	private static byte[] take(ByteBuffer in, int count) {
		byte[] taken = new byte[count];
		in.get(taken);
		return taken;
	}

}
