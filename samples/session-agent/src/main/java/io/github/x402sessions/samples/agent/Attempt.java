package io.github.x402sessions.samples.agent;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Runs a command and turns what is thrown into a message and an exit code.
 */
final class Attempt {

	private static final int FAILED = 3;

	private Attempt() {
	}

	static int run(CommandSpec spec, Callable<Integer> command) throws Exception {
		try {
			return command.call();
		}
		catch (WrongOptionException ex) {
			throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
		}
		catch (X402Exception | CannotStartException ex) {
			PrintWriter err = spec.commandLine().getErr();
			err.println(QuietErrors.masked("session-agent: " + ex.getMessage()));
			err.flush();
			return FAILED;
		}
	}

}
