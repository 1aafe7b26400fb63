package io.github.x402sessions.devnet.contract;

import java.util.List;

import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.SCErrorCode;
import org.stellar.sdk.xdr.SCErrorType;
import org.stellar.sdk.xdr.SCVal;

/**
 * Ends a contract call with an error, a message and the facts that explain it.
 */
final class HostException extends RuntimeException {

	private final transient HostError error;

	private final transient List<SCVal> facts;

	HostException(HostError error, String message, SCVal... facts) {
		super(message, null, false, false);
		this.error = error;
		this.facts = List.of(facts);
	}

	static HostException unauthorized(String address) {
		return new HostException(HostError.host(SCErrorType.SCE_AUTH, SCErrorCode.SCEC_INVALID_ACTION),
				"Unauthorized function call for address", Scv.toAddress(address));
	}

	static HostException unexpectedType(String message) {
		return new HostException(HostError.host(SCErrorType.SCE_VALUE, SCErrorCode.SCEC_UNEXPECTED_TYPE), message);
	}

	static HostException missing(String message, SCVal... facts) {
		return new HostException(HostError.host(SCErrorType.SCE_STORAGE, SCErrorCode.SCEC_MISSING_VALUE), message,
				facts);
	}

	HostError error() {
		return this.error;
	}

	List<SCVal> facts() {
		return this.facts;
	}

}
