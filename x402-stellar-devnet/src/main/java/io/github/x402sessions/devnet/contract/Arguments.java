package io.github.x402sessions.devnet.contract;

import java.math.BigInteger;
import java.util.List;

import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.SCValType;

/**
 * The arguments of a call, taken out by position and type.
 *
 * @param values the arguments
 */
record Arguments(List<SCVal> values) {

	String address(int position) {
		return Scv.fromAddress(typed(position, SCValType.SCV_ADDRESS)).toString();
	}

	/** A 128-bit amount in base units that must not be negative. */
	BigInteger amount(int position) {
		BigInteger amount = Scv.fromInt128(typed(position, SCValType.SCV_I128));
		if (amount.signum() < 0) {
			throw ContractError.NEGATIVE_AMOUNT.because("negative amount is not allowed", Scv.toInt128(amount));
		}
		return amount;
	}

	boolean flag(int position) {
		return typed(position, SCValType.SCV_BOOL).getB();
	}

	long uint32(int position) {
		return Scv.fromUint32(typed(position, SCValType.SCV_U32));
	}

	private SCVal typed(int position, SCValType type) {
		SCVal value = this.values.get(position);
		if (value.getDiscriminant() != type) {
			throw HostException.unexpectedType("unexpected type of argument " + position);
		}
		return value;
	}

}
