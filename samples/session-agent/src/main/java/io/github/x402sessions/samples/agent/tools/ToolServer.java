package io.github.x402sessions.samples.agent.tools;

import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;

/**
 * An MCP server, and the way to it.
 *
 * @param url where it is; {@code mcp://} and a name where it is a process
 * @param transport goes there
 */
public record ToolServer(URI url, McpClientTransport transport) {

	/** A session may have to be opened first, which waits for a ledger or two. */
	public static final Duration PATIENCE = Duration.ofMinutes(4);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	/** A server over streamable HTTP, or the older SSE. */
	public static ToolServer at(URI url, boolean sse) {
		return new ToolServer(url, sse ? sse(url) : streamable(url));
	}

	private static McpClientTransport streamable(URI url) {
		return HttpClientStreamableHttpTransport.builder(base(url))
			.endpoint(path(url, "/mcp"))
			.connectTimeout(CONNECT_TIMEOUT)
			.customizeClient((client) -> client.followRedirects(HttpClient.Redirect.NEVER))
			.build();
	}

	@SuppressWarnings("deprecation") // there are servers that speak nothing else
	private static McpClientTransport sse(URI url) {
		return HttpClientSseClientTransport.builder(base(url))
			.sseEndpoint(path(url, "/sse"))
			.connectTimeout(CONNECT_TIMEOUT)
			.customizeClient((client) -> client.followRedirects(HttpClient.Redirect.NEVER))
			.build();
	}

	private static String base(URI url) {
		return url.getScheme() + "://" + url.getRawAuthority();
	}

	private static String path(URI url, String usual) {
		String path = (url.getRawPath() == null || url.getRawPath().length() < 2) ? usual : url.getRawPath();
		return (url.getRawQuery() != null) ? path + "?" + url.getRawQuery() : path;
	}

	/**
	 * A process that speaks on its standard input and output.
	 * @param command the programme
	 * @param arguments its arguments
	 * @param secrets names in the environment that are none of its business
	 */
	public static ToolServer of(String command, List<String> arguments, List<String> secrets) {
		if (!isThere(command)) {
			throw new WrongOptionException("--command", "there is no programme " + command);
		}
		ServerParameters parameters = ServerParameters.builder(command).args(arguments).build();
		StdioClientTransport transport = new StdioClientTransport(parameters, McpJsonDefaults.getMapper()) {
			@Override
			protected ProcessBuilder getProcessBuilder() {
				ProcessBuilder process = super.getProcessBuilder();
				secrets.forEach(process.environment()::remove);
				return process;
			}
		};
		transport.setStdErrorHandler((line) -> {
		});
		return new ToolServer(URI.create("mcp://" + name(command)), transport);
	}

	private static boolean isThere(String command) {
		if (command.contains(File.separator)) {
			return Files.isExecutable(Path.of(command));
		}
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, command)));
	}

	private static String name(String command) {
		Path file = Path.of(command).getFileName();
		String name = (file != null) ? file.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-") : "";
		return name.isEmpty() ? "process" : name;
	}

	/**
	 * Connect, do something and disconnect.
	 * @param through the transport that the messages go by
	 * @param work with the client
	 * @throws CannotStartException if there is no MCP server, or it does not answer
	 */
	public <T> T with(McpClientTransport through, Function<McpSyncClient, T> work) {
		McpSyncClient client = McpClient.sync(through)
			.requestTimeout(PATIENCE)
			.initializationTimeout(Duration.ofSeconds(30))
			.build();
		try {
			connect(client);
			return work.apply(client);
		}
		finally {
			client.closeGracefully();
		}
	}

	private void connect(McpSyncClient client) {
		try {
			client.initialize();
		}
		catch (RuntimeException ex) {
			throw new CannotStartException(this.url + " does not answer as an MCP server does", ex);
		}
	}

}
