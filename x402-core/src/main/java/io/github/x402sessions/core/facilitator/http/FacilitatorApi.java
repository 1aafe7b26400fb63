package io.github.x402sessions.core.facilitator.http;

import feign.Param;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import org.jspecify.annotations.Nullable;

/**
 * The facilitator's HTTP calls. They return the raw response because its status and body
 * are read together by {@link FacilitatorResponse}.
 */
interface FacilitatorApi {

	@RequestLine("GET /supported")
	Response supported(Request.Options options);

	@RequestLine("POST /verify")
	Response verify(FacilitatorRequest request, Request.Options options);

	@RequestLine("POST /settle")
	Response settle(FacilitatorRequest request, Request.Options options);

	@RequestLine("POST /hold")
	Response hold(FacilitatorRequest request, Request.Options options);

	@RequestLine("POST /release")
	Response release(FacilitatorRequest request, Request.Options options);

	@RequestLine("GET /settlements?recipient={recipient}&since={since}&open={open}&limit={limit}")
	Response settlements(@Param("recipient") String recipient, @Param("since") String since,
			@Param("open") @Nullable Boolean open, @Param("limit") int limit, Request.Options options);

}
