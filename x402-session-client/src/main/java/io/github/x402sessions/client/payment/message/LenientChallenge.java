package io.github.x402sessions.client.payment.message;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A challenge as programs of all kinds write it. What this client would not choose anyway
 * may be of any shape and is skipped; the way to pay that is chosen is read strictly.
 *
 * @param x402Version the version of the protocol
 * @param error why an attempt to pay was not accepted
 * @param resource what is for sale
 * @param accepts the ways to pay
 * @param extensions extensions of the protocol by name
 */
record LenientChallenge(int x402Version, @Nullable Object error, @Nullable Object resource,
		@Nullable List<@Nullable Object> accepts, @Nullable Object extensions) {

	/**
	 * Take out of it what can be understood.
	 * @param url what was requested, which is for sale where the server does not say
	 * @throws MalformedMessageException if no way to pay can be understood
	 */
	PaymentRequired understood(URI url) {
		List<PaymentRequirements> ways = (this.accepts != null)
				? this.accepts.stream().flatMap((way) -> as(way, PaymentRequirements.class).stream()).toList()
				: List.of();
		ResourceInfo sold = as(this.resource, ResourceInfo.class)
			.orElseGet(() -> new ResourceInfo(url.toString(), null, null));
		return new PaymentRequired(this.x402Version, reason().orElse(null), sold, ways, named());
	}

	/** Why an attempt to pay was not accepted. */
	Optional<String> reason() {
		return Stream.ofNullable(this.error)
			.filter(String.class::isInstance)
			.map(String.class::cast)
			.filter((reason) -> !reason.isBlank())
			.findFirst();
	}

	private @Nullable Map<String, Object> named() {
		if (!(this.extensions instanceof Map<?, ?> map)) {
			return null;
		}
		Map<String, Object> named = new LinkedHashMap<>();
		map.forEach((name, extension) -> {
			if (extension != null) {
				named.put(String.valueOf(name), extension);
			}
		});
		return named;
	}

	private static <T> Optional<T> as(@Nullable Object value, Class<T> type) {
		try {
			return (value instanceof Map<?, ?>) ? Optional.of(WireJson.read(WireJson.write(value), type))
					: Optional.empty();
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

}
