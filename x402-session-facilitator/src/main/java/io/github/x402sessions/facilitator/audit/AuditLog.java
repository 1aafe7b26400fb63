package io.github.x402sessions.facilitator.audit;

import java.util.List;

import io.github.x402sessions.facilitator.store.UnitOfWork;

/**
 * Keeps what was changed, by whom: rows are added and stay as they are. Implementations
 * are thread-safe.
 */
public interface AuditLog {

	/** A moment's work. */
	int MOST = 1_000;

	/**
	 * Append a row, after all that any node has appended. It is a step of a
	 * {@link UnitOfWork} of the caller's, and the last one: until that ends, nobody else
	 * appends.
	 * @param entry what it says
	 * @return the row
	 */
	AuditRecord append(AuditEntry entry);

	/**
	 * Read rows, the first one first.
	 * @param number the number after which they come; 0 for all
	 * @param count how many at most, {@value #MOST} or less
	 */
	List<AuditRecord> after(long number, int count);

	/** Return the last row. */
	AuditHead head();

}
