package io.github.x402sessions.core.terms;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.NetworkRules;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.scheme.PaymentScheme;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a server for a resource in one scheme on one network.
 *
 * @param scheme the payment scheme, such as {@code session}
 * @param network the network as a CAIP-2 id
 * @param asset the asset that is asked for
 * @param amount the price in base units, at least 1
 * @param payTo the address that receives the payment
 * @param maxTimeoutSeconds how long a settlement may take, seconds, at least 1
 * @param extra the route's own extra, kept as it is on the wire and without members that
 * are {@code null}; the facilitator's is added to it
 */
public record PaymentTerms(String scheme, String network, Asset asset, BigInteger amount, String payTo,
		int maxTimeoutSeconds, Map<String, @Nullable Object> extra) {

	/** The default of {@code maxTimeoutSeconds}. */
	public static final int DEFAULT_TIMEOUT_SECONDS = 300;

	/**
	 * Amounts on Stellar are 64-bit for classic assets; a price beyond it is a mistake.
	 */
	private static final BigInteger MAX_AMOUNT = BigInteger.valueOf(Long.MAX_VALUE);

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if one is out of range; the message names it
	 */
	public PaymentTerms {
		Objects.requireNonNull(scheme, "scheme");
		Objects.requireNonNull(network, "network");
		Objects.requireNonNull(asset, "asset");
		Objects.requireNonNull(payTo, "payTo");
		if (amount.signum() < 1 || amount.compareTo(MAX_AMOUNT) > 0) {
			throw new IllegalArgumentException("price must be greater than 0 and below 2^63 base units");
		}
		NetworkRules.of(network).address(payTo).ifPresent((violation) -> {
			throw new IllegalArgumentException("payTo is " + violation.problem());
		});
		if (maxTimeoutSeconds < 1) {
			throw new IllegalArgumentException("maxTimeoutSeconds must be at least 1");
		}
		extra = WireJson.asRead(extra, "extra");
	}

	/**
	 * Create terms with the default timeout and no extra.
	 * @param scheme the payment scheme
	 * @param network the network as a CAIP-2 id
	 * @param asset the asset that is asked for
	 * @param price the price as a decimal, such as {@code 0.10}
	 * @param payTo the address that receives the payment
	 * @return the terms
	 * @throws IllegalArgumentException if a value is out of range or the price has more
	 * decimals than the asset
	 */
	public static PaymentTerms of(String scheme, String network, Asset asset, String price, String payTo) {
		return new PaymentTerms(scheme, network, asset, asset.toBaseUnits(price), payTo, DEFAULT_TIMEOUT_SECONDS,
				Map.of());
	}

	/** Whether the route's own extra lets them be settled later on. */
	boolean isDeferred() {
		return PaymentScheme.of(this.scheme).deferral().isAsked(toRequirements(Map.of()));
	}

	/**
	 * Return the terms as they go on the wire.
	 * @param added the facilitator's extra, of which the route's own has precedence
	 * @return the terms
	 */
	public PaymentRequirements toRequirements(Map<String, @Nullable Object> added) {
		Map<String, @Nullable Object> merged = new LinkedHashMap<>(this.extra);
		added.forEach(merged::putIfAbsent);
		return new PaymentRequirements(this.scheme, this.network, this.amount.toString(), this.asset.id(), this.payTo,
				this.maxTimeoutSeconds, merged);
	}

}
