package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;
import java.util.List;

import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.xdr.MuxedAddress;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * The arguments of a call, read by position and type.
 *
 * @param values the arguments
 */
record Arguments(List<SCVal> values) {

	String address(int position) {
		return Scv.fromAddress(typed(position, SCValType.SCV_ADDRESS)).toString();
	}

	/** An address that may be muxed. */
	Recipient recipient(int position) {
		MuxedAddress muxed = MuxedAddress.of(this.values.get(position));
		return (muxed != null) ? new Recipient(muxed.account(), muxed.id()) : new Recipient(address(position), null);
	}

	/** A 128-bit amount in base units. */
	BigInteger amount(int position) {
		return Scv.fromInt128(typed(position, SCValType.SCV_I128));
	}

	boolean flag(int position) {
		return typed(position, SCValType.SCV_BOOL).getB();
	}

	long uint32(int position) {
		return Scv.fromUint32(typed(position, SCValType.SCV_U32));
	}

	/** Returns if the argument is bytes, whatever they are. */
	void requireBytes(int position) {
		typed(position, SCValType.SCV_BYTES);
	}

	private SCVal typed(int position, SCValType type) {
		SCVal value = this.values.get(position);
		if (value.getDiscriminant() != type) {
			throw HostException.unexpectedType();
		}
		return value;
	}

	/**
	 * The recipient of a transfer.
	 *
	 * @param address the address
	 * @param muxedId the number that tells apart those who share it, or {@code null}
	 */
	record Recipient(String address, @Nullable BigInteger muxedId) {
	}

}
