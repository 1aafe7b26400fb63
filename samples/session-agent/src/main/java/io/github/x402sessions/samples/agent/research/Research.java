package io.github.x402sessions.samples.agent.research;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.x402sessions.samples.agent.report.Report;
import tools.jackson.databind.JsonNode;

/**
 * The demonstration: buys lines to think about, talks each over with the bot, and lets
 * chance choose between the answers. It stops where the budget ends.
 */
public final class Research {

	private static final int LINES = 3;

	private final PaidSource source;

	private final Report report;

	public Research(PaidSource source, Report report) {
		this.source = source;
		this.report = report;
	}

	/** Tell whether there is a result. */
	public boolean lookInto(String question) {
		List<String> answers = new ArrayList<>();
		for (int i = 0; i < LINES; i++) {
			Optional<String> line = this.source.get("/api/quote").map((found) -> found.path("quote").asString());
			Optional<String> answer = line.flatMap((text) -> talkOver(question, text));
			if (answer.isEmpty()) {
				break;
			}
			this.report.progress("read      " + line.get());
			this.report.progress("answer    " + answer.get());
			answers.add(answer.get());
		}
		Optional<JsonNode> reels = this.source.post("/api/slot", "{}");
		if (answers.isEmpty() || reels.isEmpty()) {
			this.report.progress("gave up   the budget does not reach further");
			return false;
		}
		int chosen = Math.floorMod(reels.get().path("reels").toString().hashCode(), answers.size());
		this.report.progress("result    " + answers.get(chosen));
		return true;
	}

	private Optional<String> talkOver(String question, String line) {
		String message = this.source.json("message", question + " Somebody wrote: " + line);
		return this.source.post("/api/chat", message).map((reply) -> reply.path("reply").asString());
	}

}
