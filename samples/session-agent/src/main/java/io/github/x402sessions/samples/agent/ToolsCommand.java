package io.github.x402sessions.samples.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.tools.ToolClient;
import io.github.x402sessions.samples.agent.tools.ToolServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists the tools of an MCP server with their prices, or calls one and pays for it.
 */
@Command(name = "tools", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Lists the tools of an MCP server with their prices, or calls one and pays for it within your "
				+ "limits.",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the tools are listed, or the tool did what it is for",
				"1:the tool was not paid, or has failed", "2:an option is missing or wrong",
				"3:there is no MCP server" })
final class ToolsCommand extends SessionCommand {

	@ArgGroup(multiplicity = "1")
	@SuppressWarnings("NullAway.Init")
	private Place place;

	@Option(names = "--sse", description = "The server at the --url speaks SSE, not streamable HTTP.")
	private boolean sse;

	@Option(names = "--arg", paramLabel = "ARG",
			description = "An argument of the --command; can be given several times.")
	private List<String> commandArguments = List.of();

	@Option(names = "--call", paramLabel = "NAME", description = "Call this tool.")
	private @Nullable String tool;

	@Option(names = "--args", paramLabel = "JSON", defaultValue = "{}",
			description = "What to call it with: an object, or @FILE for what is in a file (default: ${DEFAULT-VALUE}).")
	private String arguments = "";

	@Option(names = "--idempotency-key", paramLabel = "KEY",
			description = "A name for the call: made again with the same one it is paid once, where the server takes "
					+ "such names.")
	private @Nullable String key;

	@Mixin
	private FundsOptions funds = new FundsOptions();

	@Override
	int run(Report report) {
		Map<String, Object> values = values();
		ToolServer server = server();
		ToolClient client = new ToolClient(server, this.funds.funds(List.of(server.url()), report), report);
		if (this.tool == null) {
			client.list();
			return 0;
		}
		return client.call(this.tool, values, this.key).isDone() ? 0 : NOT_ALL_PAID;
	}

	private ToolServer server() {
		URI url = this.place.url;
		if (url != null) {
			AllowedServers.of("--url", List.of(url));
			return ToolServer.at(url, this.sse);
		}
		return ToolServer.of(String.valueOf(this.place.command), this.commandArguments,
				List.of("SESSION_AGENT_SECRET"));
	}

	private Map<String, Object> values() {
		try {
			String json = this.arguments.startsWith("@") ? Files.readString(Path.of(this.arguments.substring(1)))
					: this.arguments;
			return new JsonMapper().readValue(json, new TypeReference<Map<String, Object>>() {
			});
		}
		catch (IOException ex) {
			throw new WrongOptionException("--args", "the file cannot be read");
		}
		catch (JacksonException ex) {
			throw new WrongOptionException("--args", "is no JSON object");
		}
	}

	/** One of two. */
	static final class Place {

		@Option(names = "--url", required = true, paramLabel = "URL",
				description = "The MCP server's URL, such as http://localhost:8080/mcp; https but on this machine.")
		private @Nullable URI url;

		@Option(names = "--command", required = true, paramLabel = "PROGRAM",
				description = "Or the programme that is the server, on its standard input and output.")
		private @Nullable String command;

	}

}
