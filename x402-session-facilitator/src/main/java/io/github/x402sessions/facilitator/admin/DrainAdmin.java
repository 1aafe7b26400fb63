package io.github.x402sessions.facilitator.admin;

import java.io.IOException;

import io.github.x402sessions.facilitator.audit.Audit;
import io.github.x402sessions.facilitator.audit.AuditEntry;
import io.github.x402sessions.facilitator.deferred.hold.HeldPayments;
import io.github.x402sessions.facilitator.deferred.redemption.PeriodicRedemption;
import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.http.JsonResponses;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * This node: drained before it is stopped, and let in again. Thread-safe.
 */
final class DrainAdmin implements AdminResource {

	private final Drain drain;

	private final TransactionRepository transactions;

	private final SettlementRepository settlements;

	private final HeldPayments held;

	private final PeriodicRedemption redemption;

	private final String node;

	private final Audit audit;

	DrainAdmin(Drain drain, TransactionRepository transactions, SettlementRepository settlements, HeldPayments held,
			PeriodicRedemption redemption, String node, Audit audit) {
		this.drain = drain;
		this.transactions = transactions;
		this.settlements = settlements;
		this.held = held;
		this.redemption = redemption;
		this.node = node;
		this.audit = audit;
	}

	@Override
	public void add(RouterFunctions.Builder routes) {
		routes.GET("/drain", (request) -> state())
			.POST("/drain", (request) -> change(request, "node.drain", this.drain::begin))
			.DELETE("/drain", (request) -> change(request, "node.undrain", this.drain::end));
	}

	private ServerResponse change(ServerRequest request, String action, Runnable change) throws IOException {
		String reason = AdminRequest.body(request, StatedReason.class).reason();
		this.audit.around(AuditEntry.begun(AdminRequest.actor(request), action, "node " + this.node, reason), () -> {
			change.run();
			return this.drain.isDraining();
		}, (draining) -> draining ? "takes no new work" : "takes new work");
		return state();
	}

	/** In the order in which work goes on: what leaves one place is in the next. */
	private ServerResponse state() {
		boolean draining = this.drain.isDraining();
		int calls = this.drain.inside();
		int held = this.held.taken();
		int reserved = this.settlements.reservedHere();
		int redemptions = this.redemption.underWay();
		int open = this.transactions.underWay();
		boolean over = calls + held + reserved + redemptions + open == 0;
		return JsonResponses.of(HttpStatus.OK,
				new State(this.node, draining, calls, held, reserved, redemptions, open, draining && over));
	}

	/**
	 * State of this node.
	 *
	 * @param node its name
	 * @param draining whether it takes no new work
	 * @param calls how many calls that it took have not ended
	 * @param held how many payments it took are held and neither settled nor released
	 * @param reserved how many it took have an amount set aside and are not sent
	 * @param redemptions between how many parties it is redeeming something
	 * @param transactions how many of its transactions a ledger may still apply
	 * @param done whether nothing is open that it began, so that it can be stopped
	 */
	record State(String node, boolean draining, int calls, int held, int reserved, int redemptions, int transactions,
			boolean done) {
	}

}
