package io.github.x402sessions.samples.agent;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Finds the command that a command line is for. The first word decides; without one it is
 * the plain {@link AgentCommand}, whose options other programs rely on.
 */
public final class Commands {

	private Commands() {
	}

	public static CommandLine of(String... args) {
		Callable<Integer> command = find((args.length > 0) ? args[0] : "");
		QuietErrors errors = new QuietErrors();
		CommandLine line = new CommandLine((command != null) ? command : new AgentCommand()).setExpandAtFiles(false)
			.setParameterExceptionHandler(errors)
			.setExecutionExceptionHandler(errors);
		return (command != null) ? line.setCommandName(AgentCommand.NAME + " " + args[0]) : line;
	}

	/** What is left of a command line for the command itself. */
	public static String[] options(String... args) {
		return (args.length > 0 && find(args[0]) != null) ? Arrays.copyOfRange(args, 1, args.length) : args;
	}

	/** All of them as one, as a shell sees it. */
	static CommandLine tree() {
		CommandLine tree = new CommandLine(new AgentCommand());
		List.of("find", "open", "pay", "status", "close", "doctor", "mcp", "tools", "research", "keygen", "signing",
				"receipts", "completion")
			.forEach((name) -> tree.addSubcommand(name, find(name)));
		return tree;
	}

	private static @Nullable Callable<Integer> find(String name) {
		return switch (name) {
			case "find" -> new FindCommand();
			case "open" -> new OpenCommand();
			case "pay" -> new PayCommand();
			case "status" -> new StatusCommand();
			case "close" -> new CloseCommand();
			case "doctor" -> new DoctorCommand();
			case "mcp" -> new McpCommand();
			case "tools" -> new ToolsCommand();
			case "research" -> new ResearchCommand();
			case "keygen" -> new KeygenCommand();
			case "signing" -> new SigningCommand();
			case "receipts" -> new ReceiptsCommand();
			case "completion" -> new CompletionCommand();
			default -> null;
		};
	}

}
