package io.github.x402sessions.core.scheme;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import org.jspecify.annotations.Nullable;

/**
 * The {@code session} scheme: a payer approves an allowance once and pays many requests
 * out of it. What its facilitator tells of a session is in the extension of the same
 * name.
 */
public final class SessionScheme implements PaymentScheme {

	/** The scheme's name on the wire. */
	public static final String NAME = "session";

	/**
	 * Says in a server's terms, and in what a facilitator tells of a payment, when it is
	 * settled.
	 */
	public static final String SETTLEMENT = "settlement";

	/** Says of a payment that nothing is lent for it. */
	public static final String IMMEDIATE = "immediate";

	/** Also says of a facilitator that it defers. */
	public static final String DEFERRED = "deferred";

	/** Says of a payment that the most that it may cost is set aside for it. */
	public static final String HELD = "held";

	/** Says until when it is set aside, in seconds since 1970. */
	public static final String HELD_UNTIL = "heldUntil";

	/** Says of a facilitator that it holds amounts for streams. */
	public static final String HOLDS = "holds";

	/**
	 * Says in what a server asks of a facilitator by which random text it alone ends what
	 * it has held. No client is told.
	 */
	public static final String HOLDER = "holder";

	/**
	 * Says of a facilitator, beside its {@code spender}, whose sessions it serves as
	 * well: those of accounts that were its spender before.
	 */
	public static final String OTHER_SPENDERS = "otherSpenders";

	/** The account that payers are to allow something from now on. */
	private static final String SPENDER = "spender";

	/** The same account, by the name that it had first. */
	private static final String FACILITATOR_ADDRESS = "facilitatorAddress";

	private static final String AMOUNT = "[0-9]{1,39}";

	/**
	 * Read whose sessions a facilitator serves beside those of its spender.
	 * @param extra what it says of the scheme, or a server repeats
	 * @return the accounts, without anything that is no text
	 */
	public static Set<String> otherSpenders(Map<String, @Nullable Object> extra) {
		return (extra.get(OTHER_SPENDERS) instanceof Collection<?> others) ? others.stream()
			.filter(String.class::isInstance)
			.map(String.class::cast)
			.collect(Collectors.toUnmodifiableSet()) : Set.of();
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Optional<BigInteger> remaining(VerifyResponse verdict) {
		return (extension(verdict.extensions()).get("remaining") instanceof String remaining
				&& remaining.matches(AMOUNT)) ? Optional.of(new BigInteger(remaining)) : Optional.empty();
	}

	/**
	 * Calls of one payer that leave together share a transaction; each commitment is for
	 * one call.
	 */
	@Override
	public boolean isShared(SettleResponse receipt) {
		return extension(receipt.extensions()).get("coalesced") != null && receipt.commitment().isEmpty();
	}

	@Override
	public Deferral deferral() {
		return SessionDeferral.INSTANCE;
	}

	/**
	 * Read until when the amount of a receipt is held.
	 * @param extensions the receipt's extensions, or {@code null} if it has none
	 * @return what the receipt says, however late that is; empty if it does not say that
	 * the amount is held, or names no time
	 */
	public static Optional<Instant> heldUntil(@Nullable Map<String, @Nullable Object> extensions) {
		Map<?, ?> session = extension(extensions);
		return (HELD.equals(session.get(SETTLEMENT)) && session.get(HELD_UNTIL) instanceof Number seconds
				&& seconds.longValue() >= 0 && seconds.longValue() <= Instant.MAX.getEpochSecond())
						? Optional.of(Instant.ofEpochSecond(seconds.longValue())) : Optional.empty();
	}

	/**
	 * Whoever delivers decides whether to do so on credit, and tells no client whose
	 * terms would be others as soon as a facilitator changes its mind.
	 */
	@Override
	public Map<String, @Nullable Object> additions(Map<String, @Nullable Object> added) {
		Map<String, @Nullable Object> rest = new LinkedHashMap<>(added);
		rest.remove(SETTLEMENT);
		rest.remove(DEFERRED);
		rest.remove(HOLDS);
		rest.remove(HOLDER);
		return rest;
	}

	/**
	 * A facilitator's spender may change between a challenge and its payment. Which one a
	 * session rests on stands in the facilitator's books and in no payment, and whether
	 * it is still served only the facilitator can tell.
	 */
	@Override
	public Map<String, @Nullable Object> agreed(Map<String, @Nullable Object> added) {
		Map<String, @Nullable Object> rest = new LinkedHashMap<>(added);
		rest.remove(SPENDER);
		rest.remove(FACILITATOR_ADDRESS);
		rest.remove(OTHER_SPENDERS);
		return rest;
	}

	/** The URL is not in the payload, but in what it says of the resource. */
	@Override
	public Optional<SignedCall> signedCall(PaymentPayload payment) {
		PaymentSignature signed = SessionPayload.read(payment.payload()).signature();
		ResourceInfo resource = payment.resource();
		return Optional.ofNullable(signed)
			.map((call) -> new SignedCall(call.method(), (resource != null) ? resource.url() : "", call.body()));
	}

	@Override
	public Map<String, @Nullable Object> lasting(PaymentPayload payment) {
		return SessionPayload.lasting(payment.payload());
	}

	@Override
	public Optional<String> howToPay() {
		return Optional
			.of("open a session with the facilitator once, by signing an allowance; it then pays for many requests");
	}

	static Map<?, ?> extension(@Nullable Map<String, @Nullable Object> extensions) {
		return (extensions != null && extensions.get(NAME) instanceof Map<?, ?> session) ? session : Map.of();
	}

}
