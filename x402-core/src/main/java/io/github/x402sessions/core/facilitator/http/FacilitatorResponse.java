package io.github.x402sessions.core.facilitator.http;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

import feign.Response;
import feign.Util;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;

/**
 * Reads a facilitator's HTTP answer: status and body together decide whether it is a word
 * to act on or which {@link FacilitatorException} it is.
 */
final class FacilitatorResponse {

	private final String call;

	private final int status;

	private final byte[] body;

	private FacilitatorResponse(String call, int status, byte[] body) {
		this.call = call;
		this.status = status;
		this.body = body;
	}

	static FacilitatorResponse read(String call, Response response) {
		try (response) {
			byte[] body = (response.body() != null) ? Util.toByteArray(response.body().asInputStream()) : new byte[0];
			return new FacilitatorResponse(call, response.status(), body);
		}
		catch (IOException ex) {
			throw new FacilitatorUnavailableException("facilitator's answer to " + call + " broke off", ex);
		}
	}

	/** Whether the facilitator can make nothing of what it was asked. */
	boolean isBadRequest() {
		return this.status == 400;
	}

	/**
	 * Read the body of a success, or of a 4xx whose body is a refusal in the protocol's
	 * own words.
	 */
	<T> T as(Class<T> type, Predicate<T> isRefusal) {
		if (this.status == 200) {
			return parse(type);
		}
		if (this.status == 401 || this.status == 403) {
			throw new FacilitatorAccessException(describe("refuses this server"));
		}
		if (this.status == 429 || this.status >= 500) {
			throw new FacilitatorUnavailableException(describe("cannot serve"), null);
		}
		if (this.status >= 400) {
			T response = parse(type);
			if (isRefusal.test(response)) {
				return response;
			}
		}
		throw new FacilitatorProtocolException(describe("answered out of protocol"), null);
	}

	/** Whether somebody cannot serve now, who may say more of it. */
	boolean isServiceUnavailable() {
		return this.status == 503;
	}

	/**
	 * Read the body of a 503, which a gateway may have written.
	 * @return it, or empty if it is nothing of the protocol's
	 */
	<T> Optional<T> readIfPossible(Class<T> type) {
		try {
			return Optional.of(WireJson.read(this.body, type));
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

	private <T> T parse(Class<T> type) {
		try {
			return WireJson.read(this.body, type);
		}
		catch (MalformedMessageException ex) {
			throw new FacilitatorProtocolException(describe("answered nonsense: " + ex.getMessage()), ex);
		}
	}

	private String describe(String what) {
		return "facilitator " + what + " (" + this.call + ", status " + this.status + ")";
	}

}
