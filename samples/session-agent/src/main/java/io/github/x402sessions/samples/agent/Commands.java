package io.github.x402sessions.samples.agent;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Finds the command that a command line is for. The first word decides; without one it is
 * the plain {@link AgentCommand}, whose options other programs rely on.
 */
final class Commands {

	private Commands() {
	}

	static CommandLine of(String... args) {
		SessionCommand command = find((args.length > 0) ? args[0] : "");
		QuietErrors errors = new QuietErrors();
		return new CommandLine((command != null) ? command : new AgentCommand()).setParameterExceptionHandler(errors)
			.setExecutionExceptionHandler(errors);
	}

	/** What is left of a command line for the command itself. */
	static String[] options(String... args) {
		return (args.length > 0 && find(args[0]) != null) ? Arrays.copyOfRange(args, 1, args.length) : args;
	}

	private static @Nullable SessionCommand find(String name) {
		return switch (name) {
			case "open" -> new OpenCommand();
			case "pay" -> new PayCommand();
			case "status" -> new StatusCommand();
			case "close" -> new CloseCommand();
			case "research" -> new ResearchCommand();
			default -> null;
		};
	}

}
