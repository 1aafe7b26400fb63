package io.github.x402sessions.adapter.mcp;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.CallLimits;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.consent.ApprovedPayer;
import io.github.x402sessions.client.payment.consent.PaymentApproval;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * The limits of what is paid to one server, beside those of who pays. Thread-safe.
 */
final class ToolLimits {

	/** Beyond so many tools, all others share one budget. */
	private static final int MAX_TOOLS = 1024;

	private static final String OTHERS = "";

	private final URI server;

	private final Duration timeout;

	private final @Nullable Budget ofServer;

	private final @Nullable Supplier<Budget> ofTool;

	private final @Nullable PaymentApproval approval;

	private final BigDecimal above;

	/** By the tool's name; guarded by this map. */
	private final Map<String, Budget> tools = new HashMap<>();

	/**
	 * Create the limits.
	 * @param server the server's URL
	 * @param timeout how long a call may take
	 * @param ofServer all that the server may get within a period
	 * @param ofTool makes the budget of a tool
	 * @param approval who has to agree
	 * @param above to more than this, whole tokens
	 */
	ToolLimits(URI server, Duration timeout, @Nullable Budget ofServer, @Nullable Supplier<Budget> ofTool,
			@Nullable PaymentApproval approval, BigDecimal above) {
		this.server = server;
		this.timeout = timeout;
		this.ofServer = ofServer;
		this.ofTool = ofTool;
		this.approval = approval;
		this.above = above;
	}

	/** The limits of one call. */
	CallLimits of(ToolRequest call, List<PaymentRequirements> listed) {
		List<Budget> budgets = Stream
			.of(Stream.ofNullable(this.ofServer),
					Stream.ofNullable(this.ofTool).map((maker) -> ofTool(call.tool(), maker)))
			.flatMap((budget) -> budget)
			.toList();
		return new CallLimits(budgets,
				(payer) -> approved(listed.isEmpty() ? payer : new ListedPricePayer(payer, listed), call));
	}

	private Budget ofTool(String tool, Supplier<Budget> maker) {
		synchronized (this.tools) {
			boolean known = this.tools.containsKey(tool) || this.tools.size() < MAX_TOOLS;
			return this.tools.computeIfAbsent(known ? tool : OTHERS, (name) -> maker.get());
		}
	}

	private Payer approved(Payer payer, ToolRequest call) {
		PaymentApproval asked = this.approval;
		return (asked != null) ? ApprovedPayer.ofTool(payer, this.above, this.timeout, asked, this.server, call.tool(),
				call.arguments()) : payer;
	}

}
