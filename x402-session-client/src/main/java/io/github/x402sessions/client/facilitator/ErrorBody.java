package io.github.x402sessions.client.facilitator;

import io.github.x402sessions.client.http.JsonResponse;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator's answer that is none: the status tells whether trying again may help.
 *
 * @param error the facilitator's own word for it; optional
 */
record ErrorBody(@Nullable String error) {

	private static final int MAX_LENGTH = 200;

	static FacilitatorException of(String call, JsonResponse response) {
		int status = response.status();
		String what = "facilitator answered " + call + " with status " + status + reason(response);
		if (status == 401 || status == 403) {
			return new FacilitatorAccessException(what);
		}
		if (status == 429 || status >= 500) {
			return new FacilitatorUnavailableException(what, null);
		}
		return new FacilitatorProtocolException(what, null);
	}

	private static String reason(JsonResponse response) {
		try {
			String error = response.as(ErrorBody.class).error();
			return (error != null) ? ": " + error.substring(0, Math.min(error.length(), MAX_LENGTH)) : "";
		}
		catch (MalformedMessageException ex) {
			return "";
		}
	}

}
