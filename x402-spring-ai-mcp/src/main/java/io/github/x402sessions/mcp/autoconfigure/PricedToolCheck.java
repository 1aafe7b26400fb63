package io.github.x402sessions.mcp.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.mcp.PaidTools;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpStatelessAsyncServer;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.springframework.context.SmartLifecycle;

/**
 * Fails the start where a tool has a price and its server would run it without a payment,
 * or no server has it. Runs before the web server takes requests, when all servers have
 * their tools.
 */
final class PricedToolCheck implements SmartLifecycle {

	private final ConfiguredTools configured;

	private final PaidTools paid;

	private final Supplier<Collection<Class<?>>> types;

	private final Supplier<Stream<?>> servers;

	private volatile boolean running;

	/**
	 * Create the check.
	 * @param types the classes of all beans, as they are known once all were made
	 */
	PricedToolCheck(ConfiguredTools configured, PaidTools paid, Supplier<Collection<Class<?>>> types,
			Supplier<Stream<?>> servers) {
		this.configured = configured;
		this.paid = paid;
		this.types = types;
		this.servers = servers;
	}

	@Override
	public void start() {
		this.types.get().forEach(this.configured::requireKnown);
		List<Tool> tools = this.servers.get().flatMap(PricedToolCheck::tools).toList();
		tools.stream().filter((tool) -> !this.paid.isCharged(tool)).findFirst().ifPresent((tool) -> {
			throw new InvalidX402ConfigurationException(this.configured.place(tool.name()),
					"the MCP server would run tool '" + tool.name() + "' without a payment",
					"Give the server its tools by beans, or wrap this one by the bean PaidTools before it is added.");
		});
		List<String> names = tools.stream().map(Tool::name).distinct().sorted().toList();
		for (String priced : this.configured.prices().names()) {
			if (!names.contains(priced) && !this.paid.hasWrapped(priced)) {
				throw new InvalidX402ConfigurationException(this.configured.place(priced),
						"no MCP server of this application has a tool '" + priced + "'",
						names.isEmpty() ? "Add a tool of that name as a bean, or take the price away."
								: "Set it to one of " + String.join(", ", names) + ".");
			}
		}
		this.running = true;
	}

	private static Stream<Tool> tools(Object server) {
		if (server instanceof McpSyncServer sync) {
			return sync.listTools().stream();
		}
		if (server instanceof McpStatelessSyncServer sync) {
			return sync.listTools().stream();
		}
		if (server instanceof McpAsyncServer async) {
			return Objects.requireNonNullElse(async.listTools().collectList().block(), List.<Tool>of()).stream();
		}
		return (server instanceof McpStatelessAsyncServer async)
				? Objects.requireNonNullElse(async.listTools().collectList().block(), List.<Tool>of()).stream()
				: Stream.empty();
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return 0;
	}

}
