package io.github.x402sessions.core.http;

/**
 * A whole answer, no larger than was allowed. Immutable, as long as nobody changes its
 * body.
 */
public final class BoundedAnswer {

	private final int status;

	private final byte[] body;

	BoundedAnswer(int status, byte[] body) {
		this.status = status;
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
	 * Return the body.
	 * @return the bytes, empty if there is none
	 */
	public byte[] body() {
		return this.body;
	}

}
