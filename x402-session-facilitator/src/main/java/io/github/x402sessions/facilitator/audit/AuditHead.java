package io.github.x402sessions.facilitator.audit;

/**
 * The last row of the {@link AuditLog}: kept somewhere else, it tells whether all up to
 * it was made again since.
 *
 * @param number its number; 0 where there is none
 * @param hash its hash, 64 hex digits; all are 0 where there is none
 */
public record AuditHead(long number, String hash) {

	/** The place before the first row. */
	public static final AuditHead NONE = new AuditHead(0, "0".repeat(64));

	@Override
	public String toString() {
		return "#" + this.number + " " + this.hash;
	}

}
