package io.github.x402sessions.samples.agent.mcp;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.x402sessions.samples.agent.AgentCommand;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import reactor.core.publisher.Flux;

/**
 * {@code session-agent mcp} as a client starts it: a process that speaks on its standard
 * input and output.
 */
public final class AgentProcess implements AutoCloseable {

	private final Queue<String> log = new ConcurrentLinkedQueue<>();

	private final McpAsyncClient client;

	public AgentProcess(List<String> options, Map<String, String> environment) {
		List<String> command = command(options);
		StdioClientTransport transport = new StdioClientTransport(ServerParameters.builder(command.get(0))
			.args(command.subList(1, command.size()))
			.env(environment)
			.build(), McpJsonDefaults.getMapper());
		transport.setStdErrorHandler(this.log::add);
		this.client = McpClient.async(transport)
			.requestTimeout(Duration.ofMinutes(2))
			.initializationTimeout(Duration.ofMinutes(2))
			.build();
		this.client.initialize().block();
	}

	/** What starts it; its tests count where those of this process do. */
	public static List<String> command(List<String> options) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC"));
		ManagementFactory.getRuntimeMXBean()
			.getInputArguments()
			.stream()
			.filter((argument) -> argument.startsWith("-javaagent:"))
			.forEach(command::add);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), AgentCommand.class.getName(), "mcp"));
		command.addAll(options);
		return command;
	}

	McpAsyncClient client() {
		return this.client;
	}

	/** What it wrote to standard error. */
	public String log() {
		return String.join("\n", this.log);
	}

	public McpSchema.CallToolResult call(String tool, Map<String, Object> arguments) {
		return Objects.requireNonNull(
				this.client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build()).block());
	}

	/** The results of as many calls at the same time. */
	List<McpSchema.CallToolResult> calls(int calls, String tool, Map<String, Object> arguments) {
		McpSchema.CallToolRequest request = McpSchema.CallToolRequest.builder(tool).arguments(arguments).build();
		return Objects.requireNonNull(
				Flux.range(0, calls).flatMap((i) -> this.client.callTool(request), calls).collectList().block());
	}

	/** The object that a tool returns, which is not refused. */
	public Map<String, Object> done(String tool, Map<String, Object> arguments) {
		McpSchema.CallToolResult result = call(tool, arguments);
		if (Boolean.TRUE.equals(result.isError())) {
			throw new AssertionError("refused: " + result.structuredContent() + "\n" + log());
		}
		return object(result);
	}

	/** The refusal of a tool. */
	public Map<String, Object> refused(String tool, Map<String, Object> arguments) {
		McpSchema.CallToolResult result = call(tool, arguments);
		if (!Boolean.TRUE.equals(result.isError())) {
			throw new AssertionError("not refused: " + result.structuredContent());
		}
		return object(result);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> object(McpSchema.CallToolResult result) {
		return (Map<String, Object>) result.structuredContent();
	}

	@Override
	public void close() {
		this.client.closeGracefully().block();
	}

}
