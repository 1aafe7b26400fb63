package io.github.x402sessions.facilitator.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import io.github.x402sessions.facilitator.http.JsonResponses;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.reconcile.Differences;
import io.github.x402sessions.facilitator.reconcile.Finding;
import io.github.x402sessions.facilitator.reconcile.OperatorDecisions;
import io.github.x402sessions.facilitator.reconcile.Reconciliation;
import io.github.x402sessions.facilitator.reconcile.SpenderSearches;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The books: whether they agree with the chain, and settling again where an operator has
 * looked at the difference. Thread-safe.
 */
final class BooksAdmin implements AdminResource {

	private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

	private final ConsistencyMonitor watch;

	private final SpenderSearches searches;

	private final Reconciliation reconciliation;

	private final OperatorDecisions decisions;

	BooksAdmin(ConsistencyMonitor watch, SpenderSearches searches, Reconciliation reconciliation,
			OperatorDecisions decisions) {
		this.watch = watch;
		this.searches = searches;
		this.reconciliation = reconciliation;
		this.decisions = decisions;
	}

	@Override
	public void add(RouterFunctions.Builder routes) {
		routes.GET("/books", this::show).POST("/books/accept", this::accept);
	}

	private ServerResponse show(ServerRequest request) {
		Optional<String> doubt = this.watch.doubt();
		Optional<String> difference = this.searches.difference();
		Optional<Differences> all = difference.map((found) -> this.reconciliation.differences());
		return JsonResponses.of(HttpStatus.OK, new State(doubt.isEmpty(), doubt.orElse(null), difference.orElse(null),
				all.map(Differences::findings).orElse(null), all.map(Differences::digest).orElse(null)));
	}

	/** Only what was looked at: what was found meanwhile is not accepted unseen. */
	private ServerResponse accept(ServerRequest request) throws IOException {
		BooksDecision decision = AdminRequest.body(request, BooksDecision.class);
		String digest = AdminRequest.required(decision.digest(), "digest");
		String reason = AdminRequest.required(decision.reason(), "reason");
		if (!DIGEST.matcher(digest).matches()) {
			throw new MalformedMessageException("'digest' is not the one of findings, 64 hex digits");
		}
		if (this.searches.difference().isEmpty()) {
			return JsonResponses.error(HttpStatus.CONFLICT, "nothing keeps settling off that could be accepted");
		}
		return this.decisions.accept(AdminRequest.actor(request), digest, reason, this.reconciliation::accept)
			.map((accepted) -> JsonResponses.of(HttpStatus.OK, Map.of("accepted", accepted)))
			.orElseGet(() -> JsonResponses.error(HttpStatus.CONFLICT,
					"'digest' is not that of what is found now: look again"));
	}

	/**
	 * State of the books.
	 *
	 * @param settling whether payments are settled, on this node
	 * @param doubt why not; absent where they are
	 * @param difference what an operator has to accept before they are, in a sentence;
	 * absent where there is nothing
	 * @param findings all that is accepted then; absent where there is nothing
	 * @param digest by which exactly these are accepted
	 */
	record State(boolean settling, @Nullable String doubt, @Nullable String difference,
			@Nullable List<Finding> findings, @Nullable String digest) {
	}

	/**
	 * A decision on what the books lack.
	 *
	 * @param digest the digest of the findings that were looked at
	 * @param reason why, for the audit log
	 */
	record BooksDecision(@Nullable String digest, @Nullable String reason) {

		/** Check the reason. */
		BooksDecision {
			AuditEntry.requireReasonable(reason);
		}

	}

}
