package io.github.x402sessions.devnet.http;

/**
 * Answers the requests for one path.
 */
@FunctionalInterface
interface Endpoint {

	Reply answer(Request request) throws InterruptedException;

}
