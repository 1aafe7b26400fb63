package io.github.x402sessions.samples.agent.mcp;

import java.util.Base64;

import io.github.x402sessions.samples.agent.report.Content;
import org.jspecify.annotations.Nullable;

/**
 * Answer of a server, and what was paid for it.
 *
 * @param status the HTTP status
 * @param contentType the media type, as the server says
 * @param text the body, where it is text
 * @param base64 the body, where it is not
 * @param truncated whether the body has more than is here
 * @param location where the server would have it looked for, which was not followed
 * @param receipt what was paid; absent if nothing was asked
 * @param warning what the user has to know
 * @param left what may still be spent, a decimal
 */
record FetchResult(int status, String contentType, @Nullable String text, @Nullable String base64, boolean truncated,
		@Nullable String location, @Nullable Receipt receipt, @Nullable String warning, String left) {

	static FetchResult of(int status, Content content, boolean truncated, @Nullable String location,
			@Nullable Receipt receipt, @Nullable String warning, String left) {
		return new FetchResult(status, content.type(), content.isText() ? content.text() : null,
				content.isText() ? null : Base64.getEncoder().encodeToString(content.bytes()), truncated, location,
				receipt, warning, left);
	}

}
