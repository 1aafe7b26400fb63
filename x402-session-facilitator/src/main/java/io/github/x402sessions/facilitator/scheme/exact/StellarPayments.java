package io.github.x402sessions.facilitator.scheme.exact;

import java.math.BigInteger;

import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.stellar.exact.AuthorisedTransfers;
import io.github.x402sessions.stellar.exact.ExactRefusedException;
import io.github.x402sessions.stellar.exact.ExactTerms;
import io.github.x402sessions.stellar.exact.SignedTransfer;
import io.github.x402sessions.stellar.exact.SignedTransferReader;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.github.x402sessions.stellar.transfer.TransferMethod;

/**
 * Payments as transfers on Stellar. Thread-safe.
 *
 * @param reader reads what payers have signed
 * @param transfers makes it
 */
record StellarPayments(SignedTransferReader reader, AuthorisedTransfers transfers) implements ExactPayments {

	@Override
	public ExactPayment read(String transaction, PaymentRequirements asked) {
		ExactTerms terms = new ExactTerms(asked.asset(), asked.payTo(), new BigInteger(asked.amount()),
				asked.maxTimeoutSeconds());
		try {
			return new Payment(this.reader.read(transaction, terms), this.transfers);
		}
		catch (ExactRefusedException ex) {
			throw refused(ex);
		}
	}

	private static PaymentRefusedException refused(ExactRefusedException ex) {
		return new PaymentRefusedException(ex.refusal().wireName(), ex.refusal().sentence());
	}

	/**
	 * A transfer that its payer has signed.
	 *
	 * @param signed what is signed
	 * @param transfers makes it
	 */
	private record Payment(SignedTransfer signed, AuthorisedTransfers transfers) implements ExactPayment {

		@Override
		public Transfer transfer() {
			return this.signed.transfer();
		}

		@Override
		public String nonce() {
			return Long.toString(this.signed.nonce());
		}

		@Override
		public long lastLedger() {
			return this.signed.lastLedger();
		}

		@Override
		public TransferMethod method() {
			return this.transfers.method(this.signed);
		}

		@Override
		public void check() {
			try {
				this.transfers.check(this.signed);
			}
			catch (ExactRefusedException ex) {
				throw refused(ex);
			}
		}

	}

}
