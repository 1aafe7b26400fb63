package io.github.x402sessions.facilitator.settlement.repository;

import org.jspecify.annotations.Nullable;

/**
 * The key by which two requests are the same payment: an account settles an id at most
 * once. Without one, equal payments are different ones, except where the first left its
 * caller without an answer.
 *
 * @param id the client's payment identifier, or {@code null} if it gave none
 * @param terms a hash of what is to be paid, 64 hex digits; under one id it never
 * changes. Without an id a hash of the whole payment
 * @param tracked whether the server that asks keeps track of ids, so that it may be told
 * of a payment as often as it asks; never without an id
 * @param alias a second name that only one living payment of the account may have, or
 * {@code null} if it has none; never without an id
 */
public record PaymentKey(@Nullable String id, String terms, boolean tracked, @Nullable String alias) {

	/** Refuse a second name where there is no first. */
	public PaymentKey {
		if (alias != null && id == null) {
			throw new IllegalArgumentException("a payment with an alias needs an id");
		}
	}

	/**
	 * A key without a second name.
	 * @param id the payment identifier, or {@code null} if there is none
	 * @param terms a hash of what is to be paid, 64 hex digits
	 * @param tracked whether the server that asks keeps track of ids
	 */
	public PaymentKey(@Nullable String id, String terms, boolean tracked) {
		this(id, terms, tracked, null);
	}

}
