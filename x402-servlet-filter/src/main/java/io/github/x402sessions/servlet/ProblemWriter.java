package io.github.x402sessions.servlet;

import java.io.IOException;

import io.github.x402sessions.core.protocol.WireJson;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers with {@code application/problem+json}; answers of 502 and 503 say when to try
 * again.
 */
final class ProblemWriter {

	private static final int RETRY_AFTER_SECONDS = 5;

	/**
	 * Write the answer.
	 * @param response an uncommitted response
	 * @param problem the problem
	 * @throws IOException if the client has gone
	 */
	void write(HttpServletResponse response, Problem problem) throws IOException {
		response.setStatus(problem.status());
		response.setHeader("Cache-Control", "no-store");
		response.setHeader("X-Content-Type-Options", "nosniff");
		if (problem.isTemporary()) {
			response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
		}
		ResponseHeaders.expose(response);
		byte[] body = WireJson.write(problem);
		response.setContentType("application/problem+json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
