package io.github.x402sessions.stellar.transfer;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

import io.github.x402sessions.stellar.xdr.CallEnvelope;
import io.github.x402sessions.stellar.xdr.SharedAccount;
import io.github.x402sessions.stellar.xdr.Xdr;
import io.github.x402sessions.stellar.xdr.XdrCursor;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.Address;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.InvokeContractArgs;
import org.stellar.sdk.xdr.SCAddress;
import org.stellar.sdk.xdr.SCValType;

/**
 * Reads what a transaction transfers, by a spender or by the payer itself. Thread-safe.
 */
public final class TransferReader {

	/** The payer, the recipient and the amount. */
	private static final int ARGUMENTS = 3;

	private static final int LONGEST_SYMBOL = 32;

	/** The number of shared accounts among addresses. */
	private static final int SHARED = 2;

	private static final int KEY = 32;

	/**
	 * Read the transfer in a transaction.
	 * @param envelope the envelope's XDR, base64
	 * @return the transfer, or {@code null} if it is neither a single
	 * {@code transfer_from} nor a single {@code transfer}
	 */
	public @Nullable Transfer read(String envelope) {
		Transfer read = read(envelope, (call) -> isCall(call, "transfer_from", 1) || isCall(call, "transfer", 0));
		return (read != null) ? read : Xdr.read(envelope, TransferReader::toSharedAccount);
	}

	/**
	 * Read the transfer in a transaction, if it is one that a spender has made.
	 * @param spender the spender's address
	 * @param envelope the envelope's XDR, base64
	 * @return the transfer, or {@code null} if it is not a single {@code transfer_from}
	 * of that spender
	 */
	@Nullable Transfer readOf(String spender, String envelope) {
		return read(envelope, (call) -> isCall(call, "transfer_from", 1) && spender.equals(address(call, 0)));
	}

	private @Nullable Transfer read(String envelope, Predicate<InvokeContractArgs> which) {
		return Xdr.read(envelope, (base64) -> {
			CallEnvelope read = CallEnvelope.of(base64);
			InvokeContractArgs call = (read != null) ? read.call() : null;
			if (call == null || !which.test(call)) {
				return null;
			}
			int payer = call.getArgs().length - ARGUMENTS;
			return new Transfer(Address.fromSCAddress(call.getContractAddress()).toString(), address(call, payer),
					address(call, payer + 1), Scv.fromInt128(call.getArgs()[payer + 2]));
		});
	}

	/** The SDK cannot read those. */
	private static @Nullable Transfer toSharedAccount(String envelope) throws IOException {
		CallEnvelope read = CallEnvelope.of(envelope);
		byte[] call = (read != null) ? read.callBytes() : null;
		if (call == null) {
			return null;
		}
		XdrCursor in = new XdrCursor(call);
		String asset = address(in);
		boolean isTransfer = "transfer".equals(new String(in.opaque(LONGEST_SYMBOL), StandardCharsets.US_ASCII))
				&& in.number() == ARGUMENTS && in.number() == SCValType.SCV_ADDRESS.getValue();
		if (!isTransfer) {
			return null;
		}
		String from = address(in);
		if (in.number() != SCValType.SCV_ADDRESS.getValue() || in.number() != SHARED) {
			return null;
		}
		String to = SharedAccount.address(in.hyper(), in.fixed(KEY));
		return (in.number() == SCValType.SCV_I128.getValue())
				? new Transfer(asset, from, to, new BigInteger(in.fixed(2 * Long.BYTES))) : null;
	}

	private static String address(XdrCursor in) throws IOException {
		int start = in.position();
		in.address();
		return Address.fromSCAddress(SCAddress.fromXdrByteArray(in.since(start))).toString();
	}

	/** Tell whether it is a function with so many arguments before the payer. */
	private static boolean isCall(InvokeContractArgs call, String function, int before) {
		return call.getArgs().length == before + ARGUMENTS
				&& function.equals(call.getFunctionName().getSCSymbol().toString());
	}

	private static String address(InvokeContractArgs call, int argument) {
		return Scv.fromAddress(call.getArgs()[argument]).toString();
	}

}
