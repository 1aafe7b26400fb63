package io.github.x402sessions.core.facilitator.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator with its name and address. Every kind that it supports carries the
 * address, so that a challenge names the facilitator that will settle its payment.
 * Thread-safe.
 */
public final class FacilitatorEndpoint extends DelegatingFacilitator {

	/** The key that tells clients where the facilitator is. */
	private static final String FACILITATOR_URL = "facilitatorUrl";

	private final String name;

	private final @Nullable String url;

	private final Facilitator facilitator;

	/**
	 * Create an endpoint.
	 * @param name the facilitator's name in logs
	 * @param url the URL that clients reach it at, which challenges name; or {@code null}
	 * @param facilitator who is called
	 */
	public FacilitatorEndpoint(String name, @Nullable String url, Facilitator facilitator) {
		this.name = Objects.requireNonNull(name, "name");
		this.url = url;
		this.facilitator = Objects.requireNonNull(facilitator, "facilitator");
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

	/**
	 * Return the facilitator's name.
	 * @return the name in logs
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the URL that clients reach it at.
	 * @return the URL, or {@code null} if challenges name none
	 */
	public @Nullable String url() {
		return this.url;
	}

	@Override
	protected Facilitator delegate() {
		return this.facilitator;
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

}
