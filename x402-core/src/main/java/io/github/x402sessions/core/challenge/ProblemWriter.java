package io.github.x402sessions.core.challenge;

import java.io.IOException;

import io.github.x402sessions.core.protocol.WireJson;

/**
 * Answers with {@code application/problem+json}; where trying again may help and cannot
 * charge twice, it says when.
 */
final class ProblemWriter {

	private static final int RETRY_AFTER_SECONDS = 5;

	/**
	 * Write the answer.
	 * @param answer the answer
	 * @param problem the problem
	 * @throws IOException if the client has gone
	 */
	void write(OwnAnswer answer, Problem problem) throws IOException {
		write(answer, problem, problem.isTemporary());
	}

	/**
	 * Write the answer.
	 * @param answer the answer
	 * @param problem the problem
	 * @param again whether to ask for the request again: it may do better and costs
	 * nothing more
	 * @throws IOException if the client has gone
	 */
	void write(OwnAnswer answer, Problem problem, boolean again) throws IOException {
		answer.status(problem.status());
		answer.set("Cache-Control", "no-store");
		answer.set("X-Content-Type-Options", "nosniff");
		if (again) {
			ResponseHeaders.retryAfter(answer, RETRY_AFTER_SECONDS);
		}
		ResponseHeaders.expose(answer);
		answer.write("application/problem+json", WireJson.write(problem));
	}

}
