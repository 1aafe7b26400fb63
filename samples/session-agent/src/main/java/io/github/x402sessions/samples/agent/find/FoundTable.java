package io.github.x402sessions.samples.agent.find;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import io.github.x402sessions.core.bazaar.PlainText;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.samples.agent.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * Shows people what was found. All that it shows of sellers is plain text of one line,
 * and what a shell is to read is quoted.
 *
 * @param report shows it
 */
public record FoundTable(Report report) {

	private static final int SHOWN = 200;

	/**
	 * Show results and how to pay for them.
	 * @param entries the results, the best first
	 */
	public void print(List<FoundEntry> entries) {
		int price = widest(entries.stream().map(FoundTable::price).toList());
		int name = widest(entries.stream().map(FoundTable::name).toList());
		for (FoundEntry entry : entries) {
			this.report.line(("%2d  %-" + price + "s  %-" + name + "s  %s%s").formatted(entry.number(), price(entry),
					name(entry), entry.url(), described(entry)));
			String needs = (entry.tool() != null) ? arguments(entry) : needs(entry);
			if (!needs.isEmpty()) {
				this.report.line("    " + needs);
			}
		}
		entries.stream().filter((entry) -> entry.method() != null).findFirst().ifPresent((entry) -> {
			int number = entry.number();
			this.report.line("pay       session-agent " + number + " --calls 1, or with a session that is kept: "
					+ "session-agent open " + number + " --session FILE, then pay " + number + " --session FILE");
		});
		entries.stream()
			.filter((entry) -> entry.tool() != null)
			.findFirst()
			.ifPresent((entry) -> this.report
				.line("call      " + toolCommand(entry.url(), String.valueOf(entry.tool())) + " --args JSON"));
	}

	/** What calls a tool; its words are a stranger's, so the shell reads them as such. */
	static String toolCommand(String url, String tool) {
		return "session-agent tools --url " + quoted(url) + " --call " + quoted(tool);
	}

	private static int widest(List<String> texts) {
		return texts.stream().mapToInt(String::length).max().orElse(1);
	}

	private static String price(FoundEntry entry) {
		return entry.price() + " " + entry.asset();
	}

	private static String name(FoundEntry entry) {
		return (entry.tool() != null) ? entry.tool() : String.valueOf(entry.method());
	}

	private static String described(FoundEntry entry) {
		String service = (entry.serviceName() != null) ? " (" + entry.serviceName() + ")" : "";
		return (entry.description() != null) ? "  " + entry.description() + service : " " + service;
	}

	private static String needs(FoundEntry entry) {
		String parameters = entry.parameters().stream().map(FoundTable::parameter).collect(Collectors.joining(" "));
		String body = (entry.bodyType() != null) ? "--data " + quoted(example(entry.example(), "BODY")) : "";
		return (parameters + " " + body).strip();
	}

	private static String parameter(FoundParameter parameter) {
		String example = (parameter.example() != null) ? parameter.example() : "VALUE";
		String option = parameter.in().equals("header") ? "-H " + quoted(parameter.name() + ": " + example)
				: "--param " + quoted(parameter.name() + "=" + example);
		return parameter.required() ? option : "[" + option + "]";
	}

	private static String arguments(FoundEntry entry) {
		return (entry.example() != null) ? "--args " + quoted(example(entry.example(), "{}")) : "";
	}

	private static String example(@Nullable Object example, String otherwise) {
		String json = (example instanceof String text) ? text
				: (example != null) ? new String(WireJson.write(example), StandardCharsets.UTF_8) : otherwise;
		String shown = PlainText.of(json, SHOWN);
		return (shown != null) ? shown : otherwise;
	}

	private static String quoted(String text) {
		return text.matches("[A-Za-z0-9_=.:/@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
	}

}
