package io.github.x402sessions.facilitator.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * A row of the {@link AuditLog}, which is a line of its export. Its hash is the SHA-256
 * of all its members but itself, in the order in which they stand here, each as its
 * length in bytes of UTF-8, a colon, the text and a line feed; one that is absent as
 * {@code -} and a line feed.
 *
 * @param number its place, the first one's is 1
 * @param time the database's time, milliseconds
 * @param who who has changed something
 * @param origin from where
 * @param action what was done
 * @param subject on what
 * @param before how that was before; absent where it was not looked at
 * @param after how it was after; absent where nothing had changed yet
 * @param outcome {@code begun}, {@code done}, {@code refused} or {@code failed}
 * @param reason what whoever did it said; absent where nothing was asked
 * @param about the number of the row whose outcome this one tells; absent where it tells
 * its own
 * @param previous the hash of the row before, 64 hex digits; of the first one all are 0
 * @param hash the hash of this one
 */
public record AuditRecord(long number, Instant time, String who, String origin, String action, String subject,
		@Nullable String before, @Nullable String after, String outcome, @Nullable String reason, @Nullable Long about,
		String previous, String hash) {

	/**
	 * Check what was read of a line.
	 * @throws MalformedMessageException if a member is missing
	 */
	public AuditRecord {
		require(time, "time");
		require(who, "who");
		require(origin, "origin");
		require(action, "action");
		require(subject, "subject");
		require(outcome, "outcome");
		require(previous, "previous");
		require(hash, "hash");
	}

	private static void require(@Nullable Object value, String name) {
		if (value == null) {
			throw new MalformedMessageException("'" + name + "' is missing");
		}
	}

	/**
	 * Return the row that follows another.
	 * @param last the last row that there is
	 * @param time when it is written
	 * @param entry what it says
	 */
	public static AuditRecord following(AuditHead last, Instant time, AuditEntry entry) {
		AuditRecord unhashed = new AuditRecord(last.number() + 1, time, entry.actor().who(), entry.actor().origin(),
				entry.action(), entry.subject(), entry.before(), entry.after(), entry.outcome().word(), entry.reason(),
				entry.about(), last.hash(), "");
		return new AuditRecord(unhashed.number, time, unhashed.who, unhashed.origin, unhashed.action, unhashed.subject,
				unhashed.before, unhashed.after, unhashed.outcome, unhashed.reason, unhashed.about, unhashed.previous,
				unhashed.computedHash());
	}

	/** Return what this row makes the last one. */
	public AuditHead head() {
		return new AuditHead(this.number, this.hash);
	}

	/** Return the hash that the row should have. */
	String computedHash() {
		MessageDigest digest = Sha256.begin();
		for (@Nullable
		Object member : new @Nullable Object[] { this.number, this.time, this.who, this.origin, this.action,
				this.subject, this.before, this.after, this.outcome, this.reason, this.about, this.previous }) {
			digest.update(written(member));
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static byte[] written(@Nullable Object member) {
		if (member == null) {
			return "-\n".getBytes(StandardCharsets.UTF_8);
		}
		String text = member.toString();
		return (text.getBytes(StandardCharsets.UTF_8).length + ":" + text + "\n").getBytes(StandardCharsets.UTF_8);
	}

}
