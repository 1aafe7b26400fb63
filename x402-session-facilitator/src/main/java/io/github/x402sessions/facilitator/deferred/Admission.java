package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Admits payments, one after the other, to what is committed together: each within the
 * limits and covered by its payer's funds besides those before it. For one thread.
 */
final class Admission {

	private final ExposureLimits limits;

	private final Map<Parties, Lending> lent;

	/** What was admitted, by the parties whom it counts for. */
	private final Map<Parties, BigInteger> admitted = new HashMap<>();

	Admission(ExposureLimits limits, Map<Parties, Lending> lent) {
		this.limits = limits;
		this.lent = lent;
	}

	/** Admit a payment, or return that it has to settle at once. */
	boolean admit(Parties parties, BigInteger amount, PayerFunds funds) {
		Lending lending = this.lent.get(parties);
		if (lending == null || lending.isFarBeyond(funds.ledger())) {
			return false;
		}
		BigInteger ofPayer = admitted(Exposure.ofPayer(parties)).add(amount);
		boolean allowed = this.limits.allow(lending, admitted(Exposure.ofAll(parties)).add(amount),
				admitted(parties).add(amount), ofPayer, admitted(Exposure.ofRecipient(parties)).add(amount))
				&& funds.cover(lending.unconfirmedBy(funds.ledger()).add(ofPayer));
		if (allowed) {
			Exposure.of(parties).forEach((one) -> this.admitted.merge(one, amount, BigInteger::add));
		}
		return allowed;
	}

	private BigInteger admitted(Parties parties) {
		return this.admitted.getOrDefault(parties, BigInteger.ZERO);
	}

}
