package io.github.x402sessions.samples.agent;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what is wrong without repeating what may be a secret key: error output ends up in
 * logs. What picocli does not know is named only if it looks like an option, and nothing
 * that looks like a key is shown wherever it turns up.
 */
final class QuietErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

	private static final int FAILED = 3;

	/** Keys are written in capitals. */
	private static final Pattern OPTION = Pattern.compile("--?[a-z][a-z-]{0,30}");

	/** Also one with a few characters too many, too few or wrong. */
	private static final Pattern SECRET = Pattern.compile("(?<![A-Za-z0-9])[Ss][A-Za-z0-9]{30,}");

	@Override
	public int handleParseException(ParameterException ex, String[] args) {
		CommandLine command = ex.getCommandLine();
		String problem = (ex instanceof UnmatchedArgumentException unmatched) ? describe(unmatched.getUnmatched())
				: String.valueOf(ex.getMessage());
		command.getErr().println(masked(problem));
		command.getErr().println("Try '" + command.getCommandName() + " --help' for more information.");
		command.getErr().flush();
		return command.getCommandSpec().exitCodeOnInvalidInput();
	}

	@Override
	public int handleExecutionException(Exception ex, CommandLine command, ParseResult parsed) {
		command.getErr().println(masked(command.getCommandName() + ": " + ex));
		command.getErr().flush();
		return FAILED;
	}

	static String masked(String text) {
		return SECRET.matcher(text).replaceAll("S***");
	}

	private static String describe(List<String> unmatched) {
		String names = unmatched.stream()
			.map((argument) -> argument.split("=", 2)[0])
			.filter((name) -> OPTION.matcher(name).matches())
			.collect(Collectors.joining(", "));
		return names.isEmpty() ? "Unknown arguments: " + unmatched.size() + ", not shown as they may be secret"
				: "Unknown options: " + names;
	}

}
