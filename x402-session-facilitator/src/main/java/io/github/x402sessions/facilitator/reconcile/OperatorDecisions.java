package io.github.x402sessions.facilitator.reconcile;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.audit.Actor;
import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import io.github.x402sessions.facilitator.settlement.Repair;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * Decisions of operators where books and chain do not tell any more, from the command
 * line or through the admin API, each written into the audit log. Thread-safe.
 */
public final class OperatorDecisions {

	private static final String DECIDE = "transaction.decide";

	private static final String ACCEPT = "books.accept";

	private final Repair repair;

	private final SpenderSearches searches;

	private final Audit audit;

	/**
	 * Create them.
	 * @param repair writes ends down
	 * @param searches know the differences that keep settling off
	 * @param audit where decisions are written
	 */
	public OperatorDecisions(Repair repair, SpenderSearches searches, Audit audit) {
		this.repair = repair;
		this.searches = searches;
		this.audit = audit;
	}

	/**
	 * Decide how an open transaction has ended of which no node tells any more.
	 * @param actor who decides
	 * @param hash its hash
	 * @param moved whether the money has moved
	 * @param reason why; absent where nobody says
	 * @return what is against it, in a sentence; empty if that is written down now
	 * @throws RpcException if one of the nodes does not say
	 */
	public Optional<String> decide(Actor actor, String hash, boolean moved, @Nullable String reason) {
		String subject = "transaction " + hash;
		Optional<String> objection = this.repair.decide(hash, moved,
				(end) -> this.audit.step(AuditEntry.done(actor, DECIDE, subject, "OPEN", end, reason)));
		objection.ifPresent((why) -> this.audit.note(AuditEntry.refused(actor, DECIDE, subject, why, reason)));
		return objection;
	}

	/**
	 * Accept what the books lack, so that settling goes on, if that is what was looked
	 * at.
	 * @param actor who accepts it
	 * @param digest the digest of what was looked at
	 * @param reason why; absent where nobody says
	 * @param accepting accepts it, unless something else is found now
	 * @return what is accepted; empty if it is something else, and nothing is
	 */
	public Optional<List<Finding>> accept(Actor actor, String digest, @Nullable String reason,
			Function<String, Optional<List<Finding>>> accepting) {
		return this.audit.around(AuditEntry.begun(actor, ACCEPT, "books, findings " + digest + difference(), reason),
				() -> accepting.apply(digest), (accepted) -> accepted.map((findings) -> findings.size() + " accepted")
					.orElse("nothing accepted: other findings"));
	}

	/**
	 * Accept what the books lack, whatever it is, so that settling goes on.
	 * @param actor who accepts it
	 * @param reason why; absent where nobody says
	 * @param accepting accepts it, and tells what it found
	 * @return what was found
	 */
	public List<Finding> accept(Actor actor, @Nullable String reason, Supplier<List<Finding>> accepting) {
		return change(actor, ACCEPT, reason, accepting, "accepted");
	}

	/**
	 * Write into the books what the chain proves.
	 * @param actor who wants that
	 * @param reason why; absent where nobody says
	 * @param repairing does it, and tells what it found
	 * @return what was found
	 */
	public List<Finding> repair(Actor actor, @Nullable String reason, Supplier<List<Finding>> repairing) {
		return change(actor, "books.repair", reason, repairing, "repaired");
	}

	private String difference() {
		return this.searches.difference().map((found) -> ": " + found).orElse("");
	}

	private List<Finding> change(Actor actor, String action, @Nullable String reason, Supplier<List<Finding>> work,
			String done) {
		return this.audit.around(AuditEntry.begun(actor, action, "books" + difference(), reason), work,
				(findings) -> findings.stream().filter((one) -> one.kind() == Finding.Kind.REPAIRED).count() + " "
						+ done);
	}

}
