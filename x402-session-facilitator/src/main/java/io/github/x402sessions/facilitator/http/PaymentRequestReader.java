package io.github.x402sessions.facilitator.http;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a resource server sends to {@code /verify} and {@code /settle}, in the
 * version that it says.
 */
final class PaymentRequestReader {

	private PaymentRequestReader() {
	}

	static FacilitatorRequest read(byte[] body) {
		Integer version = WireJson.read(body, Version.class).x402Version();
		return (version != null && version == 1) ? WireJson.read(body, LegacyRequest.class).current()
				: WireJson.read(body, FacilitatorRequest.class);
	}

	record Version(@Nullable Integer x402Version) {
	}

}
