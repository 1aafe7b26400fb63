package io.github.x402sessions.core.challenge;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The body of an answer.
 *
 * @param contentType the media type; its charset, if it names one, is UTF-8
 * @param content the text of the body, sent as UTF-8
 * @param contentSecurityPolicy what the page may load, for HTML; or {@code null} for no
 * such header
 */
public record ResponseBody(String contentType, String content, @Nullable String contentSecurityPolicy) {

	/**
	 * Check the fields.
	 */
	public ResponseBody {
		Objects.requireNonNull(contentType, "contentType");
		Objects.requireNonNull(content, "content");
	}

	/**
	 * Create a body without a policy.
	 * @param contentType the media type
	 * @param content the text of the body
	 * @return the body
	 */
	public static ResponseBody of(String contentType, String content) {
		return new ResponseBody(contentType, content, null);
	}

}
