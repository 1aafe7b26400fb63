package io.github.x402sessions.samples.agent;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.github.x402sessions.samples.agent.report.JsonReport;
import io.github.x402sessions.samples.agent.report.Report;
import io.github.x402sessions.samples.agent.report.TextReport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Base of the commands on a kept session: their report and their exit codes.
 */
abstract class SessionCommand implements Callable<Integer> {

	static final int NOT_ALL_PAID = 1;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Option(names = "--json", description = "Print JSON objects; progress goes to standard error.")
	private boolean json;

	@Override
	public Integer call() throws Exception {
		PrintWriter out = this.spec.commandLine().getOut();
		PrintWriter err = this.spec.commandLine().getErr();
		return Attempt.run(this.spec, () -> run(this.json ? new JsonReport(out, err) : new TextReport(out)));
	}

	abstract int run(Report report);

}
