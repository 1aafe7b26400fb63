package io.github.x402sessions.servlet.challenge;

import java.io.IOException;

import io.github.x402sessions.servlet.request.Exchange;

/**
 * Writes one kind of answer to a request that does not get its handler's.
 */
@FunctionalInterface
public interface ExchangeWriter {

	/**
	 * Write the answer.
	 * @param exchange the request and its uncommitted response
	 * @throws IOException if the client has gone
	 */
	void write(Exchange exchange) throws IOException;

}
