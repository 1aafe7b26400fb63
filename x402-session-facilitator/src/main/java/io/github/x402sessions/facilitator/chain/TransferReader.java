package io.github.x402sessions.facilitator.chain;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.AbstractTransaction;
import org.stellar.sdk.Address;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;

/**
 * Reads what a transaction of ours transfers. Thread-safe.
 */
public final class TransferReader {

	private static final int ARGUMENTS = 4;

	private final Network network;

	/**
	 * Create a reader.
	 * @param passphrase the network's passphrase
	 */
	public TransferReader(String passphrase) {
		this.network = new Network(passphrase);
	}

	/**
	 * Read the transfer in a transaction.
	 * @param envelope the envelope's XDR, base64
	 * @return the transfer, or {@code null} if it is not a single {@code transfer_from}
	 */
	public @Nullable Transfer read(String envelope) {
		return Xdr.read(envelope, (base64) -> {
			AbstractTransaction transaction = Transaction.fromEnvelopeXdr(base64, this.network);
			if (!(transaction instanceof Transaction single) || single.getOperations().length != 1
					|| !(single.getOperations()[0] instanceof InvokeHostFunctionOperation operation)) {
				return null;
			}
			InvokeContractArgs call = operation.getHostFunction().getInvokeContract();
			if (call == null || call.getArgs().length != ARGUMENTS
					|| !"transfer_from".equals(call.getFunctionName().getSCSymbol().toString())) {
				return null;
			}
			return new Transfer(Address.fromSCAddress(call.getContractAddress()).toString(), address(call, 1),
					address(call, 2), Scv.fromInt128(call.getArgs()[ARGUMENTS - 1]));
		});
	}

	private static String address(InvokeContractArgs call, int argument) {
		return Scv.fromAddress(call.getArgs()[argument]).toString();
	}

}
