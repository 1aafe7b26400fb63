package io.github.x402sessions.stellar.exact;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import io.github.x402sessions.stellar.transaction.CallTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.xdr.ContractCall;
import org.stellar.sdk.InvokeHostFunctionOperation;
import org.stellar.sdk.Network;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.EnvelopeType;

/**
 * The call of {@code transfer(from, to, amount)} that a payment consists of, in a
 * transaction of nobody: its facilitator puts another one around it.
 *
 * @param transfer what is transferred
 * @param recipient who receives it
 * @param network the network that it is for
 */
record TransferCall(Transfer transfer, Recipient recipient, Network network) {

	/** The account of nobody, as stock clients name it. */
	private static final String NOBODY = "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF";

	/** What a place in a ledger costs at least, stroops. */
	private static final long INCLUSION_FEE = 100;

	private static final BigInteger MOST = BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE);

	/** The end of a transaction that has no authorisations and no resources. */
	private static final int EMPTY_END = 2 * Integer.BYTES;

	/**
	 * Describe the call.
	 * @throws IllegalArgumentException if recipient or amount make no transfer
	 */
	static TransferCall of(Transfer transfer, String passphrase) {
		if (transfer.amount().signum() <= 0 || transfer.amount().compareTo(MOST) > 0) {
			throw new IllegalArgumentException("'amount' must be 1 to 2^63 - 1");
		}
		return new TransferCall(transfer, Recipient.of(transfer.to()), new Network(passphrase));
	}

	/** What is authorised: this call, and nothing that it calls in turn. */
	byte[] invocation() {
		return this.recipient
			.in(WireBytes.of(ContractCall.authorisation(operation().getHostFunction().getInvokeContract())
				.getRootInvocation()::toXdrByteArray));
	}

	/** The transaction, of which nobody has said yet who has to authorise it. */
	String unauthorised() {
		return envelope(new WireBytes().number(0).number(0), INCLUSION_FEE);
	}

	/** The transaction with its authorisation, to ask what it needs. */
	String authorised(byte[] entry) {
		return envelope(new WireBytes().number(1).bytes(entry).number(0), INCLUSION_FEE);
	}

	/**
	 * The transaction with its authorisation and what it needs, whose fee is in stroops.
	 */
	String complete(byte[] entry, byte[] resources, long resourceFee) {
		return envelope(new WireBytes().number(1).bytes(entry).number(1).bytes(resources), INCLUSION_FEE + resourceFee);
	}

	private String envelope(WireBytes end, long fee) {
		byte[] plain = WireBytes.of(new CallTransaction(operation(), NOBODY, 0, 0, this.network).with(null, fee)
			.toEnvelopeXdr()
			.getV1()
			.getTx()::toXdrByteArray);
		byte[] begin = this.recipient.in(Arrays.copyOf(plain, plain.length - EMPTY_END));
		return Base64.getEncoder()
			.encodeToString(new WireBytes().number(EnvelopeType.ENVELOPE_TYPE_TX.getValue())
				.bytes(begin)
				.bytes(end.toBytes())
				.number(0)
				.toBytes());
	}

	private InvokeHostFunctionOperation operation() {
		return ContractCall
			.operation(this.transfer.asset(), "transfer", null, Scv.toAddress(this.transfer.from()),
					this.recipient.value(), Scv.toInt128(this.transfer.amount()))
			.toBuilder()
			.auth(List.of())
			.build();
	}

}
