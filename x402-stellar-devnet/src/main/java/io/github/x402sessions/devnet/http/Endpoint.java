package io.github.x402sessions.devnet.http;

/**
 * Answers the requests for one path.
 */
@FunctionalInterface
interface Endpoint {

	EndpointResponse answer(EndpointRequest request) throws InterruptedException;

}
