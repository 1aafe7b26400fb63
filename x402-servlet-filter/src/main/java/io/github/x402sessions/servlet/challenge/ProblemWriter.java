package io.github.x402sessions.servlet.challenge;

import java.io.IOException;

import io.github.x402sessions.core.protocol.WireJson;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers with {@code application/problem+json}; where trying again may help and cannot
 * charge twice, it says when.
 */
public final class ProblemWriter {

	private static final int RETRY_AFTER_SECONDS = 5;

	/**
	 * Write the answer.
	 * @param response an uncommitted response
	 * @param problem the problem
	 * @throws IOException if the client has gone
	 */
	public void write(HttpServletResponse response, Problem problem) throws IOException {
		write(response, problem, problem.isTemporary());
	}

	/**
	 * Write the answer.
	 * @param response an uncommitted response
	 * @param problem the problem
	 * @param again whether to ask for the request again: it may do better and costs
	 * nothing more
	 * @throws IOException if the client has gone
	 */
	public void write(HttpServletResponse response, Problem problem, boolean again) throws IOException {
		response.setStatus(problem.status());
		response.setHeader("Cache-Control", "no-store");
		response.setHeader("X-Content-Type-Options", "nosniff");
		if (again) {
			ResponseHeaders.retryAfter(response, RETRY_AFTER_SECONDS);
		}
		ResponseHeaders.expose(response);
		byte[] body = WireJson.write(problem);
		response.setContentType("application/problem+json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
