package io.github.x402sessions.core.idempotency;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency key of a payment (x402 extension {@code payment-identifier}): the same
 * for every attempt at one logical request. A facilitator that honours it settles a key
 * at most once.
 *
 * @param id 16 to 128 letters, digits, {@code -} or {@code _}
 */
public record PaymentIdentifier(String id) {

	/** The extension's name on the wire. */
	public static final String EXTENSION = "payment-identifier";

	/** What a server that keeps track of identifiers says in its requirements. */
	private static final String TRACKED = "paymentIdentifier";

	private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{16,128}");

	/**
	 * What a client may put into {@code info}, as a JSON Schema; sorted, so that every
	 * server says it in the same words.
	 */
	private static final Map<String, @Nullable Object> SCHEMA = new TreeMap<>(Map
		.of("properties",
				new TreeMap<>(Map.of("id", new TreeMap<>(
						Map.of("maxLength", 128, "minLength", 16, "pattern", "^[A-Za-z0-9_-]+$", "type", "string")),
						"required", Map.of("type", "boolean"))),
				"type", "object"));

	/**
	 * Check the id.
	 * @throws MalformedMessageException if it is not of the extension's form
	 */
	public PaymentIdentifier {
		if (!VALID.matcher(id).matches()) {
			throw new MalformedMessageException("'extensions." + EXTENSION
					+ ".info.id' must be 16 to 128 characters of letters, digits, '-' and '_'");
		}
	}

	/**
	 * Create an identifier that nobody has used.
	 * @return a random identifier
	 */
	public static PaymentIdentifier random() {
		return new PaymentIdentifier("pay_" + UUID.randomUUID());
	}

	/**
	 * Return what a server says in its challenges: that clients may give an identifier,
	 * or have to.
	 * @param required whether they have to
	 * @return the extension
	 */
	public static Map<String, @Nullable Object> advertisement(boolean required) {
		return new TreeMap<>(Map.of("info", Map.of("required", required), "schema", SCHEMA));
	}

	/**
	 * Find the identifier of a payment.
	 * @param payment the payment
	 * @return its identifier, or empty if the client gave none
	 * @throws MalformedMessageException if there is one of another form
	 */
	public static Optional<PaymentIdentifier> of(PaymentPayload payment) {
		Map<String, @Nullable Object> extensions = payment.extensions();
		Map<?, ?> extension = object((extensions != null) ? extensions.get(EXTENSION) : null, "");
		Map<?, ?> info = object(extension.get("info"), ".info");
		if (info.get("id") instanceof String id) {
			return Optional.of(new PaymentIdentifier(id));
		}
		if (info.get("id") == null && extension.get("id") == null) {
			return Optional.empty();
		}
		if (info.get("id") == null) {
			throw malformed(".id", "is not the place of an identifier, which is 'info.id'");
		}
		throw malformed(".info.id", "must be a string");
	}

	/** An identifier that cannot be found must not turn into a payment without one. */
	private static Map<?, ?> object(@Nullable Object value, String path) {
		if (value == null) {
			return Map.of();
		}
		if (value instanceof Map<?, ?> object) {
			return object;
		}
		throw malformed(path, "must be an object");
	}

	private static MalformedMessageException malformed(String path, String problem) {
		return new MalformedMessageException("'extensions." + EXTENSION + path + "' " + problem);
	}

	/**
	 * Tell whether a settlement is the repetition of an earlier one.
	 * @param receipt the facilitator's answer
	 * @return whether it says so
	 */
	public static boolean isReplayed(SettleResponse receipt) {
		return receipt.extensions() != null && receipt.extensions().get(EXTENSION) instanceof Map<?, ?> extension
				&& Boolean.TRUE.equals(extension.get("replayed"));
	}

	/**
	 * Tell whether the server that asks keeps track of identifiers, so that a repeated
	 * settlement buys nothing from it.
	 * @param requirements the server's own terms; what a client accepted says nothing
	 * @return whether it says so
	 */
	public static boolean isTracked(PaymentRequirements requirements) {
		return Boolean.TRUE.equals(requirements.extra().get(TRACKED));
	}

	/**
	 * Say in a server's terms that it keeps track of identifiers. A facilitator tells
	 * only such a server of a settlement as often as it asks.
	 * @param requirements the terms
	 * @return the terms that say so
	 */
	public static PaymentRequirements tracked(PaymentRequirements requirements) {
		return requirements.withExtra(TRACKED, true);
	}

	/**
	 * Put this identifier into a payment, next to all that its extensions hold.
	 * @param payment the payment
	 * @return the payment with this identifier
	 */
	public PaymentPayload in(PaymentPayload payment) {
		return payment.withExtensions(in(payment.extensions()));
	}

	/**
	 * Put this identifier into extensions, next to all that they hold.
	 * @param extensions the extensions of a payment, or of the challenge that it answers;
	 * {@code null} for none
	 * @return the extensions with this identifier
	 */
	public Map<String, @Nullable Object> in(@Nullable Map<String, @Nullable Object> extensions) {
		Map<String, @Nullable Object> all = copy(extensions);
		Map<String, @Nullable Object> extension = copy(all.get(EXTENSION));
		Map<String, @Nullable Object> info = copy(extension.get("info"));
		info.put("id", this.id);
		extension.put("info", info);
		all.put(EXTENSION, extension);
		return all;
	}

	/** A copy to change; empty if this is no object. */
	private static Map<String, @Nullable Object> copy(@Nullable Object object) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		if (object instanceof Map<?, ?> map) {
			map.forEach((key, value) -> copy.put(String.valueOf(key), value));
		}
		return copy;
	}

}
