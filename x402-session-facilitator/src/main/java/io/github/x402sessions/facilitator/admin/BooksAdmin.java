package io.github.x402sessions.facilitator.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.facilitator.http.JsonResponses;
import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.facilitator.reconcile.Finding;
import io.github.x402sessions.facilitator.reconcile.OperatorDecisions;
import io.github.x402sessions.facilitator.reconcile.Reconciliation;
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

	private final ConsistencyMonitor watch;

	private final Reconciliation reconciliation;

	private final OperatorDecisions decisions;

	BooksAdmin(ConsistencyMonitor watch, Reconciliation reconciliation, OperatorDecisions decisions) {
		this.watch = watch;
		this.reconciliation = reconciliation;
		this.decisions = decisions;
	}

	@Override
	public void add(RouterFunctions.Builder routes) {
		routes.GET("/books", this::show).POST("/books/accept", this::accept);
	}

	private ServerResponse show(ServerRequest request) {
		Optional<String> doubt = this.watch.doubt();
		return JsonResponses.of(HttpStatus.OK,
				new State(doubt.isEmpty(), doubt.orElse(null), this.watch.difference().orElse(null)));
	}

	/** Only what was looked at: what was found meanwhile is not accepted unseen. */
	private ServerResponse accept(ServerRequest request) throws IOException {
		Decision decision = AdminRequest.body(request, Decision.class);
		String looked = AdminRequest.required(decision.difference(), "difference");
		String reason = decision.because();
		if (!looked.equals(this.watch.difference().orElse(null))) {
			return JsonResponses.error(HttpStatus.CONFLICT,
					"'difference' is not the one that keeps settling off: look again");
		}
		List<Finding> accepted = this.decisions.accept(AdminRequest.actor(request), looked, reason, () -> {
			List<Finding> findings = new ArrayList<>();
			this.reconciliation.accept(findings::add);
			return findings;
		});
		return JsonResponses.of(HttpStatus.OK, Map.of("accepted", accepted));
	}

	/**
	 * State of the books.
	 *
	 * @param settling whether payments are settled, on this node
	 * @param doubt why not; absent where they are
	 * @param difference what an operator has to accept before they are; absent where
	 * there is nothing
	 */
	record State(boolean settling, @Nullable String doubt, @Nullable String difference) {
	}

}
