package io.github.x402sessions.facilitator.reconcile;

import java.math.BigInteger;

import io.github.x402sessions.stellar.rpc.TransactionLookup;
import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as the books have it.
 *
 * @param hash its hash
 * @param status its status in the books
 * @param submittedLedger the latest ledger when it was signed
 * @param ledger the ledger that applied it; 0 if none did, as far as the books know
 * @param transfer the settlements that it carries, as one transfer of their sum
 * @param submitted how many of them have not got its end
 */
public record RecordedTransaction(String hash, String status, long submittedLedger, long ledger, Transfer transfer,
		int submitted) {

	/** Tell whether the books do not know its end. */
	boolean isOpen() {
		return this.status.equals("OPEN") || this.status.equals("OVER");
	}

	/** Tell whether it has ended, in a ledger that a node does not remember. */
	boolean isForgotten(long oldestLedger) {
		return !isOpen() && this.submitted == 0 && Math.max(this.ledger, this.submittedLedger) < oldestLedger;
	}

	/** Tell whether what the node has found proves how it has ended. */
	boolean isProven(TransactionLookup found, @Nullable Transfer actual) {
		return found.status() != Status.NOT_FOUND && this.transfer.equals(actual);
	}

	/**
	 * Hold it against the chain.
	 * @param found what the node knows
	 * @param actual the transfer in the node's copy; absent if there is none
	 * @return what was found, or {@code null} if the two agree
	 */
	@Nullable Finding compare(TransactionLookup found, @Nullable Transfer actual) {
		if (isOpen()) {
			return Finding.note(this.hash, "is open in the books; the node says " + found.status());
		}
		if (this.submitted > 0) {
			return Finding.difference(this.hash,
					"is " + this.status + " in the books, and " + this.submitted + " settlement(s) of it are open");
		}
		if (found.status() == Status.NOT_FOUND) {
			return notFound(found);
		}
		Status expected = switch (this.status) {
			case "CONFIRMED" -> Status.SUCCESS;
			case "FAILED" -> Status.FAILED;
			default -> Status.NOT_FOUND;
		};
		if (found.status() != expected) {
			return Finding.difference(this.hash, "is " + this.status + " in the books and " + found.status()
					+ " in ledger " + found.ledger() + ", for " + amount());
		}
		if (found.ledger() != this.ledger) {
			return Finding.difference(this.hash,
					"is in ledger " + found.ledger() + ", not " + this.ledger + " as in the books");
		}
		return this.transfer.equals(actual) ? null
				: Finding.difference(this.hash, "does not transfer what the books say, which is " + amount());
	}

	private @Nullable Finding notFound(TransactionLookup found) {
		if (this.status.equals("DEAD")) {
			return null;
		}
		if (found.latestLedger() < this.ledger) {
			return Finding.note(this.hash, "is in a ledger that the node has not read yet");
		}
		return (found.oldestLedger() <= this.submittedLedger)
				? Finding.difference(this.hash, "is " + this.status + " in the books and not on the chain")
				: Finding.note(this.hash, "is older than the node's memory");
	}

	private BigInteger amount() {
		return this.transfer.amount();
	}

}
