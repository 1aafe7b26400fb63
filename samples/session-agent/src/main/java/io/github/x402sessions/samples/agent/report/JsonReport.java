package io.github.x402sessions.samples.agent.report;

import java.io.PrintWriter;

import tools.jackson.databind.json.JsonMapper;

/**
 * Tells programs: one JSON object per call and a last one for all. Progress goes
 * elsewhere.
 */
public final class JsonReport implements Report {

	private final JsonMapper mapper = new JsonMapper();

	private final PrintWriter out;

	private final PrintWriter progress;

	public JsonReport(PrintWriter out, PrintWriter progress) {
		this.out = out;
		this.progress = progress;
	}

	@Override
	public void progress(String line) {
		this.progress.println(line);
		this.progress.flush();
	}

	/** The object has it. */
	@Override
	public void line(String text) {
	}

	@Override
	public void object(Object value) {
		print(value);
	}

	@Override
	public void call(int number, int calls, CallResult result) {
		print(result);
	}

	/** The call's object has it. */
	@Override
	public void content(Content content) {
	}

	@Override
	public void summary(Summary summary) {
		print(summary);
	}

	@Override
	public void status(SessionStatus status) {
		print(status);
	}

	private void print(Object value) {
		this.out.println(this.mapper.writeValueAsString(value));
		this.out.flush();
	}

}
