package io.github.x402sessions.core.facilitator;

import feign.Headers;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import io.github.x402sessions.core.protocol.FacilitatorRequest;

/**
 * The facilitator's HTTP calls. They return the raw response because its status and body
 * are read together by {@link FacilitatorAnswer}.
 */
interface FacilitatorApi {

	@RequestLine("GET /supported")
	@Headers("Accept: application/json")
	Response supported(Request.Options options);

	@RequestLine("POST /verify")
	@Headers({ "Accept: application/json", "Content-Type: application/json" })
	Response verify(FacilitatorRequest request, Request.Options options);

	@RequestLine("POST /settle")
	@Headers({ "Accept: application/json", "Content-Type: application/json" })
	Response settle(FacilitatorRequest request, Request.Options options);

}
