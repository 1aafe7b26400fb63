package io.github.x402sessions.facilitator.audit;

import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * Holds the rows of an {@link AuditLog}, or the lines of an export, one after the other
 * against their hashes. Whoever can write everything can make all of them again: only a
 * hash that was kept somewhere else tells of that. Not thread-safe.
 */
public final class AuditVerification {

	private final @Nullable String known;

	/** Absent where the first row says itself what comes before it. */
	private final @Nullable AuditHead start;

	private final @Nullable String before;

	private @Nullable AuditHead last;

	private boolean met;

	private long rows;

	private AuditVerification(@Nullable AuditHead start, @Nullable String before, @Nullable String known) {
		this.start = start;
		this.before = before;
		this.known = known;
		this.met = (known == null || AuditHead.NONE.hash().equals(known));
	}

	/**
	 * Return one of a whole log, from its first row on.
	 * @param known the hash of a row that was kept somewhere else, which has to be there;
	 * absent where none was
	 */
	public static AuditVerification ofAll(@Nullable String known) {
		return new AuditVerification(AuditHead.NONE, null, known);
	}

	/**
	 * Return one of an export, which may begin after other rows.
	 * @param before the hash of the row before its first one, which was kept somewhere
	 * else; absent where none was: then nothing says that its beginning is what it was
	 * @param known the hash of a row, kept likewise, which has to be in it; absent where
	 * none was
	 */
	public static AuditVerification ofExport(@Nullable String before, @Nullable String known) {
		return new AuditVerification(null, before, known);
	}

	/**
	 * Check the next row.
	 * @param row the row
	 * @return what is wrong with it, in a sentence; empty if nothing is
	 */
	public Optional<String> check(AuditRecord row) {
		AuditHead previous = (this.last != null) ? this.last : first(row);
		this.last = row.head();
		this.met |= row.hash().equals(this.known);
		this.rows++;
		return Optional.ofNullable(fault(row, previous));
	}

	private AuditHead first(AuditRecord row) {
		if (this.start != null) {
			return this.start;
		}
		if (this.before != null) {
			return new AuditHead(row.number() - 1, this.before);
		}
		return (row.number() == 1) ? AuditHead.NONE : new AuditHead(row.number() - 1, row.previous());
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
		if (!this.met) {
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

	/**
	 * Return the number of the first row where that is a later one, and nothing was known
	 * of the one before it.
	 */
	public OptionalLong unproven() {
		AuditHead end = last();
		long first = end.number() - this.rows + 1;
		return (this.start == null && this.before == null && this.rows > 0 && first > 1) ? OptionalLong.of(first)
				: OptionalLong.empty();
	}

	/** Return how many rows were checked. */
	public long rows() {
		return this.rows;
	}

}
