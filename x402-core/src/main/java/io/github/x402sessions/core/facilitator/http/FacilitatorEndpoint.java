package io.github.x402sessions.core.facilitator.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.SettlementNotices;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator with its name and address. Every kind that it supports carries the
 * address, so that a challenge names the facilitator that will settle its payment.
 *
 * @param name the facilitator's name in logs
 * @param url the URL that clients reach it at, which challenges name; or {@code null}
 * @param facilitator who is called
 */
public record FacilitatorEndpoint(String name, @Nullable String url, Facilitator facilitator) implements Facilitator {

	/** The key that tells clients where the facilitator is. */
	private static final String FACILITATOR_URL = "facilitatorUrl";

	/**
	 * Check the fields.
	 */
	public FacilitatorEndpoint {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(facilitator, "facilitator");
	}

	/**
	 * Create an endpoint that servers and clients reach at the same URL. Nothing is sent
	 * yet.
	 * @param options where the facilitator is
	 * @return an endpoint, named after its URL
	 */
	public static FacilitatorEndpoint of(FacilitatorOptions options) {
		String url = options.url().toString();
		return new FacilitatorEndpoint(url, url, options.connect());
	}

	@Override
	public SupportedResponse supported() {
		SupportedResponse supported = this.facilitator.supported();
		if (this.url == null) {
			return supported;
		}
		return new SupportedResponse(supported.kinds().stream().map(this::withUrl).toList(), supported.extensions(),
				supported.signers());
	}

	private SupportedKind withUrl(SupportedKind kind) {
		Map<String, @Nullable Object> extra = new LinkedHashMap<>(kind.extra());
		extra.putIfAbsent(FACILITATOR_URL, this.url);
		return new SupportedKind(kind.x402Version(), kind.scheme(), kind.network(), extra);
	}

	@Override
	public VerifyResponse verify(FacilitatorRequest request) {
		return this.facilitator.verify(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request) {
		return this.facilitator.settle(request);
	}

	@Override
	public SettleResponse settle(FacilitatorRequest request, Duration limit) {
		return this.facilitator.settle(request, limit);
	}

	@Override
	public SettleResponse hold(FacilitatorRequest request) {
		return this.facilitator.hold(request);
	}

	@Override
	public SettleResponse release(FacilitatorRequest request) {
		return this.facilitator.release(request);
	}

	@Override
	public Duration settleTimeout() {
		return this.facilitator.settleTimeout();
	}

	@Override
	public Optional<SettlementNotices> notices() {
		return this.facilitator.notices();
	}

	@Override
	public SettlementPlaces settlementPlaces() {
		return this.facilitator.settlementPlaces();
	}

}
