package io.github.x402sessions.client.http;

import io.github.x402sessions.core.protocol.WireJson;

/**
 * A bounded HTTP answer that should be JSON.
 */
public final class JsonResponse {

	private final int status;

	private final byte[] body;

	JsonResponse(int status, byte[] body) {
		this.status = status;
		this.body = body;
	}

	/**
	 * Return the HTTP status.
	 * @return the status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Read the body.
	 * @param <T> the type of the value
	 * @param type the class of the value
	 * @return the value
	 * @throws io.github.x402sessions.core.protocol.MalformedMessageException if the body
	 * is not JSON of that shape
	 */
	public <T> T as(Class<T> type) {
		return WireJson.read(this.body, type);
	}

}
