package io.github.x402sessions.samples.agent;

import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.x402sessions.client.discovery.DiscoveryClient;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.mcp.AgentServer;
import io.github.x402sessions.samples.agent.report.TextReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Serves models: an MCP server on standard input and output, by which they buy from
 * servers that the user allows, within a budget.
 */
@Command(name = "mcp", mixinStandardHelpOptions = true, sortOptions = false,
		description = "An MCP server on standard input and output, by which a model asks for prices and buys from the "
				+ "servers that you allow, within a budget. Its tools: x402_price, x402_fetch, x402_budget and, with a catalogue, x402_find.",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the client has closed the connection", "2:an option is missing or wrong" })
final class McpCommand implements Callable<Integer> {

	private static final int MAX_BODY = 16 * 1024 * 1024;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Option(names = "--allow", required = true, paramLabel = "URL",
			description = "A server that may be asked and paid, of which scheme, host and port count; can be given "
					+ "several times. Nothing is ever sent to another one. Plain http is for this machine only.")
	private List<URI> servers = List.of();

	@Option(names = "--max-body", paramLabel = "BYTES", defaultValue = "262144",
			description = "How much of an answer's body a model gets (default: ${DEFAULT-VALUE}).")
	private int maxBody;

	@Option(names = "--catalogue", paramLabel = "URL",
			description = "Where x402_find looks for what is for sale (default: the --facilitator, if one is given; "
					+ "without either there is no x402_find). What is found is asked and paid only where you allow its "
					+ "server.")
	private @Nullable URI catalogue;

	@Mixin
	private FundsOptions funds = new FundsOptions();

	@Override
	public Integer call() throws Exception {
		return Attempt.run(this.spec, this::serve);
	}

	private @Nullable DiscoveryClient catalogue() {
		URI url = (this.catalogue != null) ? this.catalogue : this.funds.facilitator().orElse(null);
		return (url != null) ? FindCommand.client(url) : null;
	}

	/** Standard output is the client's; whoever else writes there writes to the log. */
	private int serve() {
		if (this.maxBody < 1 || this.maxBody > MAX_BODY) {
			throw new WrongOptionException("--max-body", "must be 1 to " + MAX_BODY);
		}
		TextReport log = new TextReport(this.spec.commandLine().getErr());
		AgentServer server = new AgentServer(this.funds.funds(AllowedServers.of("--allow", this.servers), log),
				this.maxBody, catalogue());
		PrintStream out = System.out;
		System.setOut(System.err);
		try {
			server.serve(System.in, out);
			return 0;
		}
		finally {
			System.setOut(out);
		}
	}

}
