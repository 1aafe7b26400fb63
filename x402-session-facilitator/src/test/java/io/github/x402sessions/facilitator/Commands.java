package io.github.x402sessions.facilitator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import picocli.CommandLine;

/**
 * Runs commands as an operator does.
 */
final class Commands {

	private Commands() {
	}

	static Output run(FacilitatorEnvironment environment, String... arguments) {
		return run(environment, Map.of(), arguments);
	}

	static Output run(FacilitatorEnvironment environment, Map<String, String> properties, String... arguments) {
		return run(environment.properties(properties), arguments);
	}

	static Output run(Map<String, String> properties, String... arguments) {
		StringWriter out = new StringWriter();
		StringWriter warnings = new StringWriter();
		CommandLine commandLine = FacilitatorApplication.commandLine();
		commandLine.setOut(new PrintWriter(out));
		commandLine.setErr(new PrintWriter(warnings));
		List<String> all = new ArrayList<>(List.of(arguments));
		properties.forEach((name, value) -> all.add("--" + name + "=" + value));
		return new Output(commandLine.execute(all.toArray(String[]::new)), out.toString(), warnings.toString());
	}

	/**
	 * What came of a command.
	 *
	 * @param code its exit code
	 * @param text what it printed
	 * @param warnings what it said besides
	 */
	record Output(int code, String text, String warnings) {
	}

}
