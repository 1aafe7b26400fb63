package io.github.x402sessions.client.payment.exact;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.stellar.exact.AuthorisedTransfer;
import io.github.x402sessions.stellar.exact.TransferAuthorisations;
import io.github.x402sessions.stellar.exact.TransferFate;
import io.github.x402sessions.stellar.exact.UnsignedTransfer;
import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * The payment of one call, signed once: whoever asks again gets the same, until the chain
 * says that it was not made and never will be. Thread-safe.
 */
final class CallPayment {

	private final TransferAuthorisations chain;

	private final String name;

	private final ReentrantLock signing = new ReentrantLock();

	private volatile @Nullable AuthorisedTransfer signed;

	/** Guarded by the lock. */
	private @Nullable String envelope;

	CallPayment(TransferAuthorisations chain, String name) {
		this.chain = chain;
		this.name = name;
	}

	/** Whether anything was signed that may move money, or has. */
	boolean isSigned() {
		return this.signed != null;
	}

	/** The transaction that pays; made where there is none that may still pay. */
	String pay(Transfer transfer, Duration timeout, Function<UnsignedTransfer, AuthorisedTransfer> signer) {
		this.signing.lock();
		try {
			AuthorisedTransfer before = this.signed;
			if (before != null && !isOver(before)) {
				return again(before, transfer);
			}
			UnsignedTransfer unsigned = prepare(transfer, timeout);
			AuthorisedTransfer now = signer.apply(unsigned);
			this.envelope = null;
			this.signed = now;
			return complete(now);
		}
		finally {
			this.signing.unlock();
		}
	}

	private String again(AuthorisedTransfer before, Transfer transfer) {
		if (!before.transfer().equals(transfer)) {
			throw new PayerDecision.NotMadeException(DeclineReason.PAID_BEFORE,
					"another payment was signed for this call and may be settled", true, null);
		}
		String made = this.envelope;
		return (made != null) ? made : complete(before);
	}

	private UnsignedTransfer prepare(Transfer transfer, Duration timeout) {
		try {
			return this.chain.prepare(transfer, this.name, timeout);
		}
		catch (ChainException ex) {
			throw new PayerDecision.NotMadeException(DeclineReason.PAYER_FAILED,
					"nothing was signed: " + ex.getMessage(), false, ex);
		}
	}

	/** The node has seen what was signed. */
	private String complete(AuthorisedTransfer transfer) {
		try {
			String made = this.chain.complete(transfer);
			this.envelope = made;
			return made;
		}
		catch (ChainException ex) {
			throw new PayerDecision.NotMadeException(DeclineReason.PAYER_FAILED,
					"signed and not sent to the server: " + ex.getMessage(), true, ex);
		}
	}

	private boolean isOver(AuthorisedTransfer before) {
		try {
			return this.chain.fate(before) == TransferFate.OVER;
		}
		catch (ChainException ex) {
			return false;
		}
	}

}
