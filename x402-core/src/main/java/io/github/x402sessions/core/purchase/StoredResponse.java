package io.github.x402sessions.core.purchase;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An answer that was paid for, with its receipt among the headers. Holds what one client
 * has bought: keep it as safe as the content itself.
 */
public final class StoredResponse {

	private final int status;

	private final @Nullable String contentType;

	private final long contentLength;

	private final List<Header> headers;

	private final byte[] body;

	/**
	 * Create an answer.
	 * @param status the HTTP status
	 * @param contentType the media type, or {@code null} if there is none
	 * @param contentLength the length that was declared, bytes; -1 if none was
	 * @param headers the headers that were added to those of outer filters
	 * @param body the body
	 */
	public StoredResponse(int status, @Nullable String contentType, long contentLength, List<Header> headers,
			byte[] body) {
		this.status = status;
		this.contentType = contentType;
		this.contentLength = contentLength;
		this.headers = List.copyOf(headers);
		this.body = body.clone();
	}

	/**
	 * Return the status.
	 * @return the HTTP status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Return the media type.
	 * @return the media type with its charset, or {@code null} if there is none
	 */
	public @Nullable String contentType() {
		return this.contentType;
	}

	/**
	 * Return the length that was declared, which an answer to {@code HEAD} has without a
	 * body.
	 * @return bytes; -1 if none was declared
	 */
	public long contentLength() {
		return this.contentLength;
	}

	/**
	 * Return the headers.
	 * @return what was added to the headers of outer filters
	 */
	public List<Header> headers() {
		return this.headers;
	}

	/**
	 * Return the body.
	 * @return a copy of the body
	 */
	public byte[] body() {
		return this.body.clone();
	}

	/**
	 * Estimate the memory that this answer takes.
	 * @return bytes
	 */
	public int size() {
		return this.body.length + this.headers.stream().mapToInt(Header::size).sum();
	}

	@Override
	public String toString() {
		return "StoredResponse[status=" + this.status + ", size=" + size() + "]";
	}

	/**
	 * A header.
	 *
	 * @param name the name
	 * @param values the values, at least one
	 * @param replaces whether the values stand in place of those of outer filters, or are
	 * added to them
	 */
	public record Header(String name, List<String> values, boolean replaces) {

		/**
		 * Check the fields.
		 */
		public Header {
			Objects.requireNonNull(name, "name");
			values = List.copyOf(values);
		}

		int size() {
			return this.name.length() + this.values.stream().mapToInt(String::length).sum();
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
