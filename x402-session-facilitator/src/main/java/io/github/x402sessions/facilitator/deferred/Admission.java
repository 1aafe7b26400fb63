package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits.OpenLimit;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.transfer.Parties;

/**
 * Admits payments, one after the other, to what is committed together: each within the
 * limits and covered by its payer's funds besides those before it. For one thread.
 */
final class Admission {

	private final ExposureLimits limits;

	private final Map<Parties, Lending> lent;

	private final OpenAmounts open;

	/** What was admitted, by the parties whom it counts for. */
	private final Map<Parties, BigInteger> admitted = new HashMap<>();

	/** What was admitted, by the allowance that it takes. */
	private final Map<AllowanceKey, BigInteger> taken = new HashMap<>();

	Admission(ExposureLimits limits, Map<Parties, Lending> lent, OpenAmounts open) {
		this.limits = limits;
		this.lent = lent;
		this.open = open;
	}

	/**
	 * Admit a payment, or return that it has to settle at once. What its payer has is for
	 * all payments, what it allows a spender for those of that one.
	 */
	boolean admit(Parties parties, String spender, BigInteger amount, PayerFunds funds) {
		Lending lending = this.lent.get(parties);
		if (lending == null || lending.isFarBeyond(funds.ledger())) {
			return false;
		}
		AllowanceKey allowance = new AllowanceKey(parties.asset(), parties.from(), spender);
		BigInteger ofAllowance = this.taken.getOrDefault(allowance, BigInteger.ZERO).add(amount);
		BigInteger ofPayer = admitted(Exposure.ofPayer(parties)).add(amount);
		boolean allowed = this.limits.allow(lending, admitted(Exposure.ofAll(parties)).add(amount),
				admitted(parties).add(amount), ofPayer, admitted(Exposure.ofRecipient(parties)).add(amount))
				&& funds.cover(lending.unconfirmedBy(funds.ledger()).add(ofPayer),
						lending.unconfirmedBy(spender, funds.ledger()).add(ofAllowance))
				&& this.open.allows(parties, amount, this::admitted);
		if (allowed) {
			Exposure.of(parties).forEach((one) -> this.admitted.merge(one, amount, BigInteger::add));
			this.taken.put(allowance, ofAllowance);
		}
		return allowed;
	}

	private BigInteger admitted(Parties parties) {
		return this.admitted.getOrDefault(parties, BigInteger.ZERO);
	}

	/**
	 * Amounts that recipients are owed which share a limit.
	 *
	 * @param limits the limits, by their recipients
	 * @param lent what the recipients of all of them are owed, by the names of the sums
	 */
	record OpenAmounts(Map<String, OpenLimit> limits, Map<Parties, BigInteger> lent) {

		static final OpenAmounts NONE = new OpenAmounts(Map.of(), Map.of());

		private boolean allows(Parties parties, BigInteger amount, Function<Parties, BigInteger> admitted) {
			OpenLimit limit = this.limits.get(parties.to());
			return limit == null || limit.recipients()
				.stream()
				.map((recipient) -> new Parties(parties.asset(), "", recipient))
				.map((sum) -> this.lent.getOrDefault(sum, BigInteger.ZERO).add(admitted.apply(sum)))
				.reduce(amount, BigInteger::add)
				.compareTo(limit.most()) <= 0;
		}

	}

}
