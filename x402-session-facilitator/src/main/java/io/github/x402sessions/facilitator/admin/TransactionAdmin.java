package io.github.x402sessions.facilitator.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import io.github.x402sessions.facilitator.http.JsonResponses;
import io.github.x402sessions.facilitator.reconcile.OpenTransactions;
import io.github.x402sessions.facilitator.reconcile.OperatorDecisions;
import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Transactions whose end nobody knows: shown with what there is to decide them by, and
 * decided where the chain tells nothing any more. Thread-safe.
 */
final class TransactionAdmin implements AdminResource {

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	private static final int USUAL = 50;

	private static final int MOST = 500;

	private final OpenTransactions transactions;

	private final EvidenceRepository evidence;

	private final OperatorDecisions decisions;

	TransactionAdmin(OpenTransactions transactions, EvidenceRepository evidence, OperatorDecisions decisions) {
		this.transactions = transactions;
		this.evidence = evidence;
		this.decisions = decisions;
	}

	@Override
	public void add(RouterFunctions.Builder routes) {
		routes.GET("/transactions", this::list).POST("/transactions/{hash}/decide", this::decide);
	}

	private ServerResponse list(ServerRequest request) {
		List<AdminTransaction> open = new ArrayList<>();
		int all = this.transactions.show(AdminRequest.count(request, USUAL, MOST),
				(one) -> open.add(AdminTransaction.of(one, this.evidence.find(one.booked().hash()))));
		return JsonResponses.of(HttpStatus.OK, Map.of("transactions", open, "open", all));
	}

	private ServerResponse decide(ServerRequest request) throws IOException {
		String hash = request.pathVariable("hash");
		if (!HASH.matcher(hash).matches()) {
			throw new MalformedMessageException("'hash' is not the hash of a transaction");
		}
		TransactionDecision decision = AdminRequest.body(request, TransactionDecision.class);
		Boolean moved = decision.moved();
		if (moved == null) {
			throw new MalformedMessageException("'moved' is missing");
		}
		Optional<String> objection = this.decisions.decide(AdminRequest.actor(request), hash, moved,
				AdminRequest.required(decision.reason(), "reason"));
		if (objection.isPresent()) {
			return JsonResponses.error(HttpStatus.CONFLICT, objection.get());
		}
		return JsonResponses.of(HttpStatus.OK, Map.of("hash", hash, "status", moved ? "CONFIRMED" : "DEAD"));
	}

	/**
	 * A decision on how a transaction has ended.
	 *
	 * @param moved whether its money has moved
	 * @param reason why, for the audit log
	 */
	record TransactionDecision(@Nullable Boolean moved, @Nullable String reason) {

		/** Check the reason. */
		TransactionDecision {
			AuditEntry.requireReasonable(reason);
		}

	}

}
