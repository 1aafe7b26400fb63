package io.github.x402sessions.servlet.idempotency;

import java.io.IOException;

import io.github.x402sessions.core.purchase.StoredResponse;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Gives an answer again that was paid for, receipt included. A failure without a body of
 * its own has the container's page, as it had before.
 */
public final class ReplayWriter {

	private ReplayWriter() {
	}

	/**
	 * Write the answer.
	 * @param response an uncommitted response
	 * @param stored the answer
	 * @throws IOException if the client has gone
	 */
	public static void write(HttpServletResponse response, StoredResponse stored) throws IOException {
		response.setStatus(stored.status());
		if (stored.contentType() != null) {
			response.setContentType(stored.contentType());
		}
		stored.headers().forEach((header) -> write(response, header));
		byte[] body = stored.body();
		if (body.length > 0) {
			response.setContentLength(body.length);
			response.getOutputStream().write(body);
		}
		else if (stored.status() >= HttpServletResponse.SC_BAD_REQUEST) {
			response.sendError(stored.status());
		}
		else if (stored.contentLength() >= 0) {
			response.setContentLengthLong(stored.contentLength());
		}
	}

	private static void write(HttpServletResponse response, StoredResponse.Header header) {
		if (header.replaces()) {
			response.setHeader(header.name(), header.values().isEmpty() ? null : header.values().get(0));
			header.values().stream().skip(1).forEach((value) -> response.addHeader(header.name(), value));
		}
		else {
			header.values().forEach((value) -> response.addHeader(header.name(), value));
		}
	}

}
