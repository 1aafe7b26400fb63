package io.github.x402sessions.facilitator.audit;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of an {@link AuditLog}, or the lines of an export, one after the other
 * against their hashes. Whoever can write everything can make all of them again: only a
 * hash that was kept somewhere else tells of that. Not thread-safe.
 */
public final class AuditVerification {

	private final @Nullable String known;

	private @Nullable AuditHead last;

	private boolean met;

	private long rows;

	private AuditVerification(@Nullable String known, @Nullable AuditHead last) {
		this.known = known;
		this.met = (known == null);
		this.last = last;
	}

	/** Return one of a whole log, from its first row on. */
	public static AuditVerification ofAll() {
		return new AuditVerification(null, AuditHead.NONE);
	}

	/** Return one of an export, which may begin anywhere. */
	public static AuditVerification ofExport() {
		return new AuditVerification(null, null);
	}

	/**
	 * Return one from a row on that is known.
	 * @param hash its hash, which was kept somewhere else; what comes before is left out
	 */
	public static AuditVerification from(String hash) {
		return new AuditVerification(hash, null);
	}

	/**
	 * Check the next row.
	 * @param row the row
	 * @return what is wrong with it, in a sentence; empty if nothing is
	 */
	public Optional<String> check(AuditRecord row) {
		AuditHead before = this.last;
		this.last = row.head();
		if (!this.met) {
			this.met = row.previous().equals(this.known) || row.hash().equals(this.known);
			before = null;
		}
		if (!this.met) {
			return Optional.empty();
		}
		this.rows++;
		return Optional
			.ofNullable(fault(row, (before != null) ? before : new AuditHead(row.number() - 1, row.previous())));
	}

	private static @Nullable String fault(AuditRecord row, AuditHead before) {
		if (row.number() != before.number() + 1) {
			return "row " + row.number() + " follows row " + before.number();
		}
		if (!row.previous().equals(before.hash())) {
			return "row " + row.number() + " does not have the hash of the row before it";
		}
		return row.hash().equals(row.computedHash()) ? null
				: "row " + row.number() + " is not what it was: its hash is another one";
	}

	/**
	 * Say what is missing, after the last row.
	 * @param head what the log says is its last row; absent where there is only an export
	 * @return what is wrong, in a sentence; empty if nothing is
	 */
	public Optional<String> end(@Nullable AuditHead head) {
		if (!this.met && !AuditHead.NONE.hash().equals(this.known)) {
			return Optional.of("no row has the hash that is known: they were made again, or are not all here");
		}
		AuditHead end = last();
		return (head == null || head.equals(end)) ? Optional.empty() : Optional.of("the last row is " + end.number()
				+ ", and was " + head.number() + ", or had another hash: rows are missing at the end");
	}

	/** Return the last row that was checked. */
	public AuditHead last() {
		AuditHead end = this.last;
		return (end != null) ? end : AuditHead.NONE;
	}

	/** Return how many rows were checked. */
	public long rows() {
		return this.rows;
	}

}
