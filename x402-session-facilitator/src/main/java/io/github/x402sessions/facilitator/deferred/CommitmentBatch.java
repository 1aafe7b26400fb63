package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits.OpenLimit;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * Commits payments together, in one unit of work: everything that decides whether one may
 * be committed is read while nobody else can change it. Thread-safe.
 *
 * @param unitOfWork what is kept as a whole
 * @param accounts what the payments draw on
 * @param lending what is lent
 * @param limits how much may be
 * @param recipients what recipients may be paid and owed
 */
record CommitmentBatch(UnitOfWork unitOfWork, CommitmentAccounts accounts, LendingBooks lending, ExposureLimits limits,
		RecipientLimits recipients) {

	/**
	 * Read what is lent, which may have changed when something is committed.
	 * @param ledger from which ledger on payments matter that have been made
	 */
	@Nullable Lending lent(Parties parties, long ledger) {
		return this.lending.read(Set.of(parties), ledger).get(parties);
	}

	/**
	 * Tell whether a payment would be committed that comes alone.
	 * @param lent what is lent between its parties
	 * @param standing how its payer stands
	 */
	boolean admits(Lending lent, Transfer transfer, PayerStanding standing) {
		Parties parties = transfer.parties();
		return new Admission(this.limits, Map.of(parties, lent), open(Set.of(parties), limits(Set.of(parties))))
			.admit(parties, standing.spender(), transfer.amount(), standing.funds());
	}

	/**
	 * Commit.
	 * @param orders the payments
	 * @return the results, by the names of commitments; those without one have to settle
	 * at once
	 */
	Map<String, CommitmentResult> commit(List<CommitmentOrder> orders) {
		return this.unitOfWork.run(() -> steps(orders));
	}

	private Map<String, CommitmentResult> steps(List<CommitmentOrder> orders) {
		Set<Parties> parties = new LinkedHashSet<>();
		orders.forEach((order) -> parties.add(order.parties()));
		this.accounts.lock(parties);
		Map<String, OpenLimit> open = limits(parties);
		this.lending.lock(parties, names(parties, open));
		long ledger = orders.stream().mapToLong((order) -> order.funds().ledger()).min().orElseThrow();
		Admission admission = new Admission(this.limits, this.lending.read(parties, ledger), open(parties, open));
		List<CommitmentOrder> admitted = orders.stream()
			.filter((order) -> admission.admit(order.parties(), order.spender(), order.commitment().transfer().amount(),
					order.funds()))
			.toList();
		return admitted.isEmpty() ? Map.of() : write(admitted);
	}

	/** Limits that recipients share, as they are for all of these payments. */
	private Map<String, OpenLimit> limits(Collection<Parties> parties) {
		Map<String, OpenLimit> limits = new HashMap<>();
		parties.forEach((pair) -> this.recipients.open(pair.to()).ifPresent((limit) -> limits.put(pair.to(), limit)));
		return limits;
	}

	/** What several recipients may be owed together nobody else changes meanwhile. */
	private static List<Parties> names(Collection<Parties> parties, Map<String, OpenLimit> limits) {
		Set<Parties> names = new LinkedHashSet<>();
		for (Parties pair : parties) {
			OpenLimit limit = limits.get(pair.to());
			if (limit != null) {
				names.add(new Parties(pair.asset(), "", limit.name()));
			}
		}
		return List.copyOf(names);
	}

	private static List<Parties> shared(Collection<Parties> parties, Map<String, OpenLimit> limits) {
		Set<Parties> shared = new LinkedHashSet<>();
		for (Parties pair : parties) {
			OpenLimit limit = limits.get(pair.to());
			if (limit != null) {
				limit.recipients().forEach((recipient) -> shared.add(new Parties(pair.asset(), "", recipient)));
			}
		}
		return List.copyOf(shared);
	}

	/** Nothing is read where nobody has such a limit. */
	private Admission.OpenAmounts open(Collection<Parties> parties, Map<String, OpenLimit> limits) {
		return limits.isEmpty() ? Admission.OpenAmounts.NONE
				: new Admission.OpenAmounts(limits, this.lending.sums(shared(parties, limits)));
	}

	private Map<String, CommitmentResult> write(List<CommitmentOrder> admitted) {
		Set<String> ids = Set.copyOf(this.lending.add(admitted));
		List<CommitmentOrder> added = admitted.stream()
			.filter((order) -> ids.contains(order.commitment().id()))
			.toList();
		Set<String> tooMuch = tooMuch(added);
		List<CommitmentOrder> counted = added.stream()
			.filter((order) -> !tooMuch.contains(order.commitment().id()))
			.toList();
		List<String> refused = new ArrayList<>(tooMuch);
		Map<String, FundingBalance> balances = this.accounts.commit(byAccount(counted));
		Map<String, CommitmentResult> results = new HashMap<>();
		tooMuch.forEach((id) -> results.put(id, CommitmentResult.LIMITED));
		Map<Parties, BigInteger> lent = new LinkedHashMap<>();
		for (CommitmentOrder order : counted) {
			FundingBalance balance = balances.get(order.account().key());
			if (balance == null) {
				refused.add(order.commitment().id());
				continue;
			}
			order.account().committed(order.commitment().id());
			results.put(order.commitment().id(), CommitmentResult.committed(balance));
			lent.merge(order.parties(), order.commitment().transfer().amount(), BigInteger::add);
		}
		if (!refused.isEmpty()) {
			this.lending.remove(refused);
		}
		this.lending.lend(lent);
		return results;
	}

	private Set<String> tooMuch(List<CommitmentOrder> added) {
		Map<String, Transfer> transfers = new LinkedHashMap<>();
		added.forEach((order) -> transfers.put(order.commitment().id(), order.commitment().transfer()));
		return this.recipients.count(transfers);
	}

	private static Map<FundingSource, BigInteger> byAccount(List<CommitmentOrder> orders) {
		Map<String, FundingSource> accounts = new HashMap<>();
		Map<FundingSource, BigInteger> amounts = new LinkedHashMap<>();
		orders
			.forEach((order) -> amounts.merge(accounts.computeIfAbsent(order.account().key(), (key) -> order.account()),
					order.commitment().transfer().amount(), BigInteger::add));
		return amounts;
	}

}
