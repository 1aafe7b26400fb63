package io.github.x402sessions.devnet.contract.runtime;

import org.stellar.sdk.xdr.SCVal;

/**
 * The numbered errors of the Stellar Asset Contract and of the accounts' built-in
 * contract that can happen here.
 */
public enum ContractError {

	OPERATION_NOT_SUPPORTED(2), ALREADY_INITIALIZED(3), AUTHENTICATION(5), ACCOUNT_MISSING(6), NEGATIVE_AMOUNT(8),
	ALLOWANCE(9), BALANCE(10), BALANCE_DEAUTHORIZED(11), OVERFLOW(12), TRUSTLINE_MISSING(13), INSUFFICIENT_RESERVE(14),
	TOO_MANY_SUBENTRIES(15);

	private final int number;

	ContractError(int number) {
		this.number = number;
	}

	public HostException because(String message, SCVal... facts) {
		return new HostException(new HostError.OfContract(this.number), message, facts);
	}

}
