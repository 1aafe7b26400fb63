package io.github.x402sessions.core.http;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * A whole answer, no larger than was allowed. Immutable, as long as nobody changes its
 * body.
 */
public final class BoundedResponse {

	private final int status;

	private final HttpHeaders headers;

	private final byte[] body;

	BoundedResponse(int status, HttpHeaders headers, byte[] body) {
		this.status = status;
		this.headers = headers;
		this.body = body;
	}

	/**
	 * Return the status.
	 * @return the HTTP status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Return a header.
	 * @param name the header's name, in any case
	 * @return its first value, or empty if there is none
	 */
	public Optional<String> header(String name) {
		return this.headers.firstValue(name);
	}

	/**
	 * Return all lines of a header.
	 * @param name the header's name, in any case
	 * @return its values, in their order; empty if there is none
	 */
	public List<String> headers(String name) {
		return this.headers.allValues(name);
	}

	/**
	 * Return the body.
	 * @return the bytes, empty if there is none
	 */
	public byte[] body() {
		return this.body;
	}

}
