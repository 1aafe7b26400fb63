package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.x402sessions.facilitator.deferred.ExposureLimits;
import io.github.x402sessions.facilitator.deferred.Lending;
import io.github.x402sessions.facilitator.deferred.LendingBooks;
import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;

/**
 * Rules by which commitments wait no longer for others. Thread-safe.
 *
 * @param maxAge how long one waits at most
 * @param flushAmount the sum that waits no longer, base units; absent where it is age and
 * limits that matter
 * @param ledgersLeft how many ledgers there have to be until an account ends, so that a
 * transaction can die and another one be made
 * @param lending what is lent
 * @param limits how much may be
 */
record RedemptionRules(Duration maxAge, @Nullable BigInteger flushAmount, long ledgersLeft, LendingBooks lending,
		ExposureLimits limits) {

	/**
	 * Tell whether what is open between parties is to be redeemed now, whatever is lent.
	 * @param open what is open
	 * @param now the time by which commitments are dated
	 * @param ledger the latest ledger
	 * @return whether it is
	 */
	boolean isDue(OpenParties open, Instant now, long ledger) {
		return open.isWaiting() && (!now.isBefore(open.since().plus(this.maxAge)) || open.ended()
				|| ledger + this.ledgersLeft >= open.lastLedger() || open.latestOpened().isAfter(open.since())
				|| (this.flushAmount != null && open.amount().compareTo(this.flushAmount) >= 0));
	}

	/**
	 * Return those between whom more than half of the payer's credit is open: redeeming
	 * it keeps the next payments from settling at once.
	 * @param open what is open
	 * @param ledger the latest ledger
	 */
	Set<Parties> nearLimit(Collection<OpenParties> open, long ledger) {
		List<OpenParties> waiting = open.stream().filter(OpenParties::isWaiting).toList();
		if (waiting.isEmpty()) {
			return new HashSet<>();
		}
		Map<Parties, Lending> lent = this.lending.read(waiting.stream().map(OpenParties::parties).toList(), ledger);
		return waiting.stream().filter((one) -> {
			Lending lending = lent.get(one.parties());
			return lending != null && one.amount().shiftLeft(1).compareTo(this.limits.credit(lending)) > 0;
		}).map(OpenParties::parties).collect(Collectors.toSet());
	}

	/**
	 * Tell whether the oldest commitment has waited for so long that something is wrong.
	 */
	boolean isLate(Instant oldest, Instant now) {
		return oldest.isBefore(now.minus(this.maxAge.multipliedBy(2)));
	}

}
