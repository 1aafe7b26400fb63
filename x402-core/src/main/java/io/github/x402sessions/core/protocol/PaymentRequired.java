package io.github.x402sessions.core.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The challenge that comes with status 402: the resource and the ways to pay for it.
 *
 * @param x402Version always 2
 * @param error why an attempt to pay was not accepted; absent on the first challenge
 * @param resource the resource that is for sale
 * @param accepts the ways to pay, in the server's order of preference; at least one
 * @param extensions extensions of the protocol by name; absent when there are none
 */
public record PaymentRequired(int x402Version, @Nullable String error, ResourceInfo resource,
		List<PaymentRequirements> accepts, @Nullable Map<String, @Nullable Object> extensions) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if the version is not 2, or {@code resource} or
	 * {@code accepts} is missing or empty
	 */
	public PaymentRequired {
		Required.version(x402Version);
		Required.field(resource, "resource");
		accepts = Required.list(accepts, "accepts");
		if (accepts.isEmpty()) {
			throw new MalformedMessageException("'accepts' is empty");
		}
	}

	/**
	 * Create a message of the current version without extensions.
	 * @param error why an attempt to pay was not accepted, or {@code null}
	 * @param resource the resource that is for sale
	 * @param accepts the ways to pay
	 * @return the message
	 */
	public static PaymentRequired of(@Nullable String error, ResourceInfo resource, List<PaymentRequirements> accepts) {
		return new PaymentRequired(Required.VERSION, error, resource, accepts, null);
	}

	/**
	 * Say why an attempt to pay was not accepted.
	 * @param error the reason
	 * @return a changed message
	 */
	public PaymentRequired withError(String error) {
		return new PaymentRequired(this.x402Version, error, this.resource, this.accepts, this.extensions);
	}

	/**
	 * Change the resource.
	 * @param resource the resource that is for sale
	 * @return a changed challenge
	 */
	public PaymentRequired withResource(ResourceInfo resource) {
		return new PaymentRequired(this.x402Version, this.error, resource, this.accepts, this.extensions);
	}

	/**
	 * Change the ways to pay.
	 * @param accepts the ways to pay, at least one
	 * @return a changed challenge
	 */
	public PaymentRequired withAccepts(List<PaymentRequirements> accepts) {
		return new PaymentRequired(this.x402Version, this.error, this.resource, accepts, this.extensions);
	}

	/**
	 * Add an extension of the protocol, or replace it.
	 * @param name the extension's name
	 * @param extension what the server says of it
	 * @return a changed message
	 */
	public PaymentRequired withExtension(String name, Map<String, @Nullable Object> extension) {
		Map<String, @Nullable Object> extensions = new LinkedHashMap<>();
		if (this.extensions != null) {
			extensions.putAll(this.extensions);
		}
		extensions.put(name, extension);
		return new PaymentRequired(this.x402Version, this.error, this.resource, this.accepts, extensions);
	}

}
