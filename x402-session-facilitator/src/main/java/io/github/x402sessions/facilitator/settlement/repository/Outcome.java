package io.github.x402sessions.facilitator.settlement.repository;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The end of a transaction, as the books keep it.
 *
 * @param status the end
 * @param ledger the ledger that applied the transaction; absent if none did
 * @param note why, for people; absent when the money moved
 */
public record Outcome(Status status, @Nullable Long ledger, @Nullable String note) {

	private static final int LONGEST_NOTE = 200;

	/** Cut the note to what its column takes; a node's words may be long. */
	public Outcome {
		note = (note != null) ? note(note) : null;
	}

	/** The money moved. */
	public static Outcome confirmed(long ledger) {
		return new Outcome(Status.CONFIRMED, ledger, null);
	}

	/** The chain applied the transaction, and the transfer in it failed. */
	public static Outcome failed(long ledger) {
		return new Outcome(Status.FAILED, ledger, "failed on the chain");
	}

	/** No ledger can apply the transaction any more. */
	public static Outcome dead(String proof) {
		return new Outcome(Status.DEAD, null, proof);
	}

	/** Tell whether another says the same of the chain, in whatever words. */
	public boolean isSameEnd(Outcome other) {
		return this.status == other.status && Objects.equals(this.ledger, other.ledger);
	}

	/** Cut a note to what its column takes. */
	public static String note(String text) {
		return (text.length() > LONGEST_NOTE) ? text.substring(0, LONGEST_NOTE) : text;
	}

	/** The ends of a transaction; all but the first free what was reserved. */
	public enum Status {

		CONFIRMED, FAILED, DEAD

	}

}
