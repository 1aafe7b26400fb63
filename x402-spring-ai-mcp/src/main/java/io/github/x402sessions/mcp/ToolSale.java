package io.github.x402sessions.mcp;

import java.util.Optional;
import java.util.concurrent.Executor;

import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.payment.Charge;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The course of a verified call: settles when the tool's price wants it, lets a result
 * out only once it is settled, and leaves a failure unpaid unless the money has moved
 * before. To be used by one thread at a time, and to be {@link #close() closed}.
 */
final class ToolSale {

	private static final Logger logger = LoggerFactory.getLogger(ToolSale.class);

	/** What a result counts as where a price names the statuses that cost. */
	private static final int OK = 200;

	private static final int FAILED = 500;

	private final PricedTool tool;

	private final ToolCall call;

	private final Charge charge;

	private final IdempotentPurchase purchase;

	private final ToolListeners listeners;

	private final Executor executor;

	private final int resultBudget;

	private final HeldNotifications notifications;

	ToolSale(PricedTool tool, ToolCall call, Charge charge, IdempotentPurchase purchase, ToolListeners listeners,
			Executor executor, int resultBudget) {
		this.tool = tool;
		this.call = call;
		this.charge = charge;
		this.purchase = purchase;
		this.listeners = listeners;
		this.executor = executor;
		this.resultBudget = resultBudget;
		this.notifications = (tool.route().timing() == SettlementTiming.BEFORE_HANDLER) ? HeldNotifications.open()
				: new HeldNotifications();
	}

	Payment payment() {
		return this.charge.payment();
	}

	HeldNotifications notifications() {
		return this.notifications;
	}

	/**
	 * Settle what is settled before the tool, and begin with what is settled beside it.
	 * @return what the client gets if the tool must not run
	 */
	Optional<CallToolResult> begin() {
		Optional<CallToolResult> refusal = switch (this.tool.route().timing()) {
			case AT_COMMIT, DEFERRED -> Optional.empty();
			case DURING_HANDLER -> this.charge.start(this.executor) ? Optional.empty() : Optional.of(refuse(settle()));
			case BEFORE_HANDLER -> {
				SettlementOutcome outcome = settle();
				yield (outcome instanceof SettlementOutcome.Settled) ? Optional.empty() : Optional.of(refuse(outcome));
			}
		};
		this.purchase.handling();
		return refusal;
	}

	/**
	 * Charge for what a tool has answered.
	 * @return what the client gets
	 */
	CallToolResult finish(CallToolResult given) {
		CallToolResult result = this.tool.check(ToolResults.withReceipt(given, null));
		boolean failed = ToolResults.isError(result);
		boolean free = !this.tool.route().charged().include(failed ? FAILED : OK);
		if (!this.charge.isStarted() && (free || this.charge.isWaived())) {
			payment().close();
			return free ? leave(result) : leaveWithNotifications(result);
		}
		SettlementOutcome outcome = settle();
		boolean settled = outcome instanceof SettlementOutcome.Settled;
		if (!settled && !free) {
			return refuse(outcome);
		}
		if (free && failed) {
			this.charge.reportFailure(outcome, FAILED);
		}
		CallToolResult paid = ToolResults.withReceipt(result,
				failed ? outcome.response() : this.charge.receipt(outcome));
		if (!keep(paid)) {
			return refuse(SettlementOutcome.Unknown.on(payment().network()));
		}
		return settled ? leaveWithNotifications(paid) : leave(paid);
	}

	/**
	 * End the sale of a tool that has thrown.
	 * @return what the client gets if it has paid; empty if it has not, and hears of the
	 * failure itself
	 */
	Optional<CallToolResult> fail() {
		if (!this.charge.isStarted()) {
			payment().close();
			this.purchase.close();
			this.listeners.answered(this.call, this.tool.route(), "failed");
			return Optional.empty();
		}
		SettlementOutcome outcome = settle();
		this.charge.reportFailure(outcome, FAILED);
		return Optional
			.of(leave(ToolResults.withReceipt(ToolResults.error("The tool has failed."), outcome.response())));
	}

	/** The call is over, whatever became of it. */
	void close() {
		this.notifications.drop();
		this.charge.end();
	}

	private SettlementOutcome settle() {
		try {
			return this.charge.settle();
		}
		catch (IllegalStateException ex) {
			logger.error("What became of the payment for tool '{}' is not known", this.tool.name(), ex);
			return SettlementOutcome.Unknown.on(payment().network());
		}
	}

	/** Who hears that may try again at once. */
	private CallToolResult refuse(SettlementOutcome outcome) {
		this.charge.end();
		ToolRefusal refusal = ToolRefusal.of(outcome, payment().verified().required());
		this.listeners.answered(this.call, this.tool.route(), refusal.reason());
		return refusal.result();
	}

	/**
	 * For clients that ask again with the same identifier.
	 * @return {@code false} if they may get another result
	 */
	private boolean keep(CallToolResult paid) {
		if (!this.purchase.leaves()) {
			return true;
		}
		byte[] json = ToolResults.write(paid);
		return (json.length <= this.resultBudget) ? this.purchase.answered(ToolResults.store(json))
				: this.purchase.leavesInPart();
	}

	private CallToolResult leaveWithNotifications(CallToolResult result) {
		this.notifications.release();
		return leave(result);
	}

	private CallToolResult leave(CallToolResult result) {
		this.charge.end();
		this.listeners.answered(this.call, this.tool.route(), null);
		return result;
	}

}
