package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.facilitator.settlement.funding.FundingBalance;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
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
 */
record CommitmentBatch(UnitOfWork unitOfWork, CommitmentAccounts accounts, LendingBooks lending,
		ExposureLimits limits) {

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
		return new Admission(this.limits, Map.of(parties, lent)).admit(parties, standing.spender(), transfer.amount(),
				standing.funds());
	}

	/**
	 * Commit.
	 * @param orders the payments
	 * @return what the accounts have, by the names of the commitments that were made; all
	 * others have to settle at once
	 */
	Map<String, FundingBalance> commit(List<CommitmentOrder> orders) {
		return this.unitOfWork.run(() -> steps(orders));
	}

	private Map<String, FundingBalance> steps(List<CommitmentOrder> orders) {
		Set<Parties> parties = new LinkedHashSet<>();
		orders.forEach((order) -> parties.add(order.parties()));
		this.accounts.lock(parties);
		this.lending.lock(parties);
		long ledger = orders.stream().mapToLong((order) -> order.funds().ledger()).min().orElseThrow();
		Admission admission = new Admission(this.limits, this.lending.read(parties, ledger));
		List<CommitmentOrder> admitted = orders.stream()
			.filter((order) -> admission.admit(order.parties(), order.spender(), order.commitment().transfer().amount(),
					order.funds()))
			.toList();
		return admitted.isEmpty() ? Map.of() : write(admitted);
	}

	private Map<String, FundingBalance> write(List<CommitmentOrder> admitted) {
		Set<String> ids = Set.copyOf(this.lending.add(admitted));
		List<CommitmentOrder> added = admitted.stream()
			.filter((order) -> ids.contains(order.commitment().id()))
			.toList();
		Map<String, FundingBalance> balances = this.accounts.commit(byAccount(added));
		Map<String, FundingBalance> committed = new HashMap<>();
		List<String> refused = new ArrayList<>();
		Map<Parties, BigInteger> lent = new LinkedHashMap<>();
		for (CommitmentOrder order : added) {
			FundingBalance balance = balances.get(order.account().key());
			if (balance == null) {
				refused.add(order.commitment().id());
				continue;
			}
			order.account().committed(order.commitment().id());
			committed.put(order.commitment().id(), balance);
			lent.merge(order.parties(), order.commitment().transfer().amount(), BigInteger::add);
		}
		if (!refused.isEmpty()) {
			this.lending.remove(refused);
		}
		this.lending.lend(lent);
		return committed;
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
