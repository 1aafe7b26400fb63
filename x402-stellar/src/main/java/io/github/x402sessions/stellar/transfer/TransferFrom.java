package io.github.x402sessions.stellar.transfer;

import io.github.x402sessions.stellar.xdr.ContractCall;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.scval.Scv;

/**
 * The operation that calls {@code transfer_from}.
 */
final class TransferFrom {

	private TransferFrom() {
	}

	static InvokeHostFunctionOperation operation(Transfer transfer, String spender) {
		return ContractCall.operation(transfer.asset(), "transfer_from", spender, Scv.toAddress(spender),
				Scv.toAddress(transfer.from()), Scv.toAddress(transfer.to()), Scv.toInt128(transfer.amount()));
	}

}
