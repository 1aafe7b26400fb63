package io.github.x402sessions.servlet;

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
public record AnswerBody(String contentType, String content, @Nullable String contentSecurityPolicy) {

	/**
	 * Check the fields.
	 */
	public AnswerBody {
		Objects.requireNonNull(contentType, "contentType");
		Objects.requireNonNull(content, "content");
	}

	/**
	 * Create a body without a policy.
	 * @param contentType the media type
	 * @param content the text of the body
	 * @return the body
	 */
	public static AnswerBody of(String contentType, String content) {
		return new AnswerBody(contentType, content, null);
	}

}
