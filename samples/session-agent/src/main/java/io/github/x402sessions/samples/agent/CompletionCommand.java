package io.github.x402sessions.samples.agent;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Prints a script by which a shell completes commands and options.
 */
@Command(name = "completion", mixinStandardHelpOptions = true,
		description = "Prints a script by which bash and zsh complete commands and options: "
				+ "source <(session-agent completion)")
final class CompletionCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		out.print(AutoComplete.bash(AgentCommand.NAME, Commands.tree()));
		out.flush();
		return 0;
	}

}
