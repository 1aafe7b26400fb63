package io.github.x402sessions.samples.agent.report;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.client.DeferredPayment;
import io.github.x402sessions.core.protocol.DeferralStatus;

/**
 * State of the calls that the facilitator settles later on, by its own word.
 *
 * @param calls how many there are
 * @param confirmed how many of them a ledger has
 * @param transactions by how many transactions
 * @param saved how many transactions were not paid for, because several calls share one
 * @param open how many are still to be settled
 * @param released how many came to nothing
 * @param defaulted how many could not be settled
 * @param unknown of how many the facilitator says nothing
 * @param metered those that are paid by what they used; absent if there are none
 */
public record DeferredCalls(int calls, int confirmed, int transactions, int saved, int open, int released,
		int defaulted, int unknown, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MeteredCall> metered) {

	/** Copy the list. */
	public DeferredCalls {
		metered = List.copyOf(metered);
	}

	public static DeferredCalls of(int calls, Collection<DeferredPayment> told, List<MeteredCall> metered) {
		List<DeferredPayment> paid = told.stream()
			.filter((payment) -> payment.status() == DeferralStatus.CONFIRMED)
			.toList();
		int open = (int) told.stream().filter((payment) -> payment.status().isOpen()).count();
		int released = (int) told.stream().filter((payment) -> payment.status() == DeferralStatus.RELEASED).count();
		int transactions = (int) paid.stream()
			.map(DeferredPayment::transaction)
			.filter(Objects::nonNull)
			.distinct()
			.count();
		int carried = (int) paid.stream().filter((payment) -> payment.transaction() != null).count();
		return new DeferredCalls(calls, paid.size(), transactions, carried - transactions, open, released,
				told.size() - paid.size() - open - released, calls - told.size(), metered);
	}

}
