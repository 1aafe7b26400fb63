package io.github.x402sessions.mcp;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.terms.PricedRoute;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * Puts a price on tools of an MCP server: what {@link #wrap wrap} returns runs only for
 * calls whose payment was verified, and its result leaves only once it is settled (x402
 * over MCP, tool-result binding). {@code tools/list} tells the price. Tools without a
 * price are returned as they are. Thread-safe.
 *
 * <pre class="code">
 * PaidTools paid = PaidTools.builder(gate).price("forecast", terms.route("mcp://tool/forecast", "0.05", null, null)).build();
 * McpServer.sync(transport).tools(paid.wrap(forecast), paid.wrap(help)).build();
 * </pre>
 */
public final class PaidTools {

	/** Where {@code tools/list} tells what a tool costs, in the tool's {@code _meta}. */
	public static final String PRICE = PaymentMeta.PRICE;

	private final ToolPrices prices;

	private final Supplier<ToolGate> gate;

	private final ServerUrl url;

	private final Set<Tool> behind = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

	PaidTools(ToolPrices prices, Supplier<ToolGate> gate, ServerUrl url) {
		this.prices = prices;
		this.gate = gate;
		this.url = url;
	}

	/**
	 * Start with what decides and settles.
	 * @param gate the gate
	 * @return a builder
	 */
	public static PaidToolsBuilder builder(PaymentGate gate) {
		Objects.requireNonNull(gate, "gate");
		return new PaidToolsBuilder(() -> gate);
	}

	/**
	 * Start with what decides and settles, where it exists later than the tools.
	 * @param gate returns the gate, with the first call of a priced tool
	 * @return a builder
	 */
	public static PaidToolsBuilder builder(Supplier<PaymentGate> gate) {
		return new PaidToolsBuilder(Objects.requireNonNull(gate, "gate"));
	}

	/**
	 * Charge for a tool.
	 * @param tool a tool of a server that blocks
	 * @return the tool behind the gate, or itself if it has no price
	 */
	public McpServerFeatures.SyncToolSpecification wrap(McpServerFeatures.SyncToolSpecification tool) {
		PricedTool priced = priced(tool.tool());
		return (priced == null) ? tool : new McpServerFeatures.SyncToolSpecification(listed(tool.tool(), priced),
				new PaidSyncHandler<>(priced, this.gate, ExchangeKind.SYNC, tool.callHandler()));
	}

	/**
	 * Charge for a tool.
	 * @param tool a tool of a server that does not block
	 * @return the tool behind the gate, or itself if it has no price
	 */
	public McpServerFeatures.AsyncToolSpecification wrap(McpServerFeatures.AsyncToolSpecification tool) {
		PricedTool priced = priced(tool.tool());
		return (priced == null) ? tool : new McpServerFeatures.AsyncToolSpecification(listed(tool.tool(), priced),
				new PaidAsyncHandler<>(priced, this.gate, ExchangeKind.ASYNC, tool.callHandler()));
	}

	/**
	 * Charge for a tool.
	 * @param tool a tool of a server without sessions that blocks
	 * @return the tool behind the gate, or itself if it has no price
	 */
	public McpStatelessServerFeatures.SyncToolSpecification wrap(
			McpStatelessServerFeatures.SyncToolSpecification tool) {
		PricedTool priced = priced(tool.tool());
		return (priced == null) ? tool
				: new McpStatelessServerFeatures.SyncToolSpecification(listed(tool.tool(), priced),
						new PaidSyncHandler<>(priced, this.gate, ExchangeKind.STATELESS, tool.callHandler()));
	}

	/**
	 * Charge for a tool.
	 * @param tool a tool of a server without sessions that does not block
	 * @return the tool behind the gate, or itself if it has no price
	 */
	public McpStatelessServerFeatures.AsyncToolSpecification wrap(
			McpStatelessServerFeatures.AsyncToolSpecification tool) {
		PricedTool priced = priced(tool.tool());
		return (priced == null) ? tool
				: new McpStatelessServerFeatures.AsyncToolSpecification(listed(tool.tool(), priced),
						new PaidAsyncHandler<>(priced, this.gate, ExchangeKind.STATELESS, tool.callHandler()));
	}

	/**
	 * Tell whether a tool that a server lists may be called: it is one that was wrapped
	 * here, or has no price.
	 * @param tool a tool as its server lists it
	 * @return {@code false} if it has a price and would be free
	 */
	public boolean isCharged(Tool tool) {
		return this.behind.contains(tool) || this.prices.find(tool.name()).isEmpty();
	}

	/**
	 * Tell whether a tool was wrapped here.
	 * @param tool the tool's name
	 * @return whether it was, and has a price
	 */
	public boolean hasWrapped(String tool) {
		synchronized (this.behind) {
			return this.behind.stream().anyMatch((wrapped) -> wrapped.name().equals(tool));
		}
	}

	private @Nullable PricedTool priced(Tool tool) {
		Optional<PricedRoute> price = this.behind.contains(tool) ? Optional.empty() : this.prices.find(tool.name());
		return price.map((route) -> new PricedTool(tool.name(), route, new OutputCheck(tool), this.url)).orElse(null);
	}

	/** Tell the price to clients that list tools. */
	private Tool listed(Tool tool, PricedTool priced) {
		Map<String, Object> meta = new LinkedHashMap<>();
		if (tool.meta() != null) {
			meta.putAll(tool.meta());
		}
		String resource = this.url.of(McpTransportContext.EMPTY).orElseGet(() -> ToolPrices.routeName(tool.name()));
		meta.put(PRICE, ToolResults.json(PaymentGate.knownTerms(priced.route(), resource)));
		Tool listed = new Tool(tool.name(), tool.title(), tool.description(), tool.inputSchema(), tool.outputSchema(),
				tool.annotations(), meta, tool.icons());
		this.behind.add(listed);
		return listed;
	}

}
