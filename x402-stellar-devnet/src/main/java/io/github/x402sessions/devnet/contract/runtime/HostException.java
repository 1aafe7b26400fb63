package io.github.x402sessions.devnet.contract.runtime;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCVal;

/**
 * Ends a contract call with an error, and usually with a message and the values that
 * explain it. Without a message the host reports the error alone.
 */
public final class HostException extends RuntimeException {

	private final transient HostError error;

	private final transient List<SCVal> facts;

	public HostException(HostError error, @Nullable String message, SCVal... facts) {
		super(message, null, false, false);
		this.error = error;
		this.facts = List.of(facts);
	}

	public static HostException unauthorized(String address) {
		return auth(SCErrorCode.SCEC_INVALID_ACTION, "Unauthorized function call for address", Scv.toAddress(address));
	}

	public static HostException auth(SCErrorCode code, String message, SCVal... facts) {
		return new HostException(HostError.host(SCErrorType.SCE_AUTH, code), message, facts);
	}

	/** A value is of another type than a contract expects, of which nothing is said. */
	public static HostException unexpectedType() {
		return new HostException(HostError.host(SCErrorType.SCE_VALUE, SCErrorCode.SCEC_UNEXPECTED_TYPE), null);
	}

	public static HostException missing(@Nullable String message, SCVal... facts) {
		return new HostException(HostError.host(SCErrorType.SCE_STORAGE, SCErrorCode.SCEC_MISSING_VALUE), message,
				facts);
	}

	/** A contract without the function that is called. */
	public static HostException unknownFunction(String function) {
		return new HostException(HostError.host(SCErrorType.SCE_VALUE, SCErrorCode.SCEC_INVALID_INPUT),
				"symbol not found in slice of strs", Scv.toSymbol(function));
	}

	public HostError error() {
		return this.error;
	}

	List<SCVal> facts() {
		return this.facts;
	}

}
