package io.github.x402sessions.facilitator.http;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a resource server sends to {@code /verify} and {@code /settle}, in the
 * version that it says.
 */
final class PaymentRequestReader {

	private PaymentRequestReader() {
	}

	/**
	 * Read a request.
	 * @param body what was sent
	 * @param supported what is served: a scheme that has no version 1 is not asked for a
	 * payment of that
	 * @return the request, in the current version
	 * @throws MalformedMessageException if it is not of its form, or of a version that
	 * its scheme has not
	 */
	static FacilitatorRequest read(byte[] body, SupportedResponse supported) {
		Integer version = WireJson.read(body, Version.class).x402Version();
		if (version == null || version != 1) {
			return WireJson.read(body, FacilitatorRequest.class);
		}
		FacilitatorRequest request = WireJson.read(body, LegacyRequest.class).current();
		PaymentRequirements asked = request.paymentRequirements();
		boolean served = supported.kind(asked.scheme(), asked.network()).isPresent();
		if (served && supported.kinds().stream().noneMatch((kind) -> isLegacy(kind, asked))) {
			throw new MalformedMessageException("'x402Version' must be 2 for this scheme");
		}
		return request;
	}

	private static boolean isLegacy(SupportedKind kind, PaymentRequirements asked) {
		return kind.x402Version() == 1 && kind.scheme().equals(asked.scheme())
				&& kind.network().equals(asked.network());
	}

	record Version(@Nullable Integer x402Version) {
	}

}
