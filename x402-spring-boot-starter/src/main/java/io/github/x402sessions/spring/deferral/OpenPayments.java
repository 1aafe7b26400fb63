package io.github.x402sessions.spring.deferral;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;

/**
 * The deferred payments that are not confirmed, as far as this application knows of them:
 * by its receipts, and by what facilitators tell. What is only held is not owed. Of those
 * beyond a number the oldest are forgotten, and so is what no facilitator has told
 * anything of for a week, so the sums are the least that is owed. Thread-safe.
 */
public final class OpenPayments implements SettlementListener {

	private static final int MAX_OPEN = 100_000;

	private static final int MAX_DEFAULTED = 100_000;

	/** Much longer than a facilitator takes to redeem. */
	private static final Duration FORGOTTEN = Duration.ofDays(7);

	/** A facilitator may tell the end before its receipt was heard of. */
	private static final int MAX_ENDED = 10_000;

	private final Clock clock;

	/** The one that was heard of first is the first. */
	private final Map<String, OpenPayment> open = new LinkedHashMap<>();

	private final Map<String, OpenPayment> defaulted = new LinkedHashMap<>();

	private final Map<PaidAccount, RunningSum> sums = new HashMap<>();

	private final Map<String, Boolean> ended = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > MAX_ENDED;
		}

	};

	OpenPayments(Clock clock) {
		this.clock = clock;
	}

	/** What is told again may have ended long ago; the facilitator's books have it. */
	@Override
	public void onSettled(Payment payment, SettleResponse receipt) {
		if (!PaymentIdentifier.isReplayed(receipt)) {
			Instant now = this.clock.instant();
			receipt.commitment()
				.ifPresent((id) -> open(id,
						new OpenPayment(new PaidAccount(payment.recipient(), payment.network(), payment.asset().id()),
								payment.charged(), now, now)));
		}
	}

	synchronized void told(String recipient, SettlementNotice notice) {
		notice.deferral().ifPresent((status) -> {
			switch (status) {
				case HELD -> {
					// What it costs is not known yet: it is owed once that is committed.
				}
				case COMMITTED, SUBMITTED -> correct(notice.id(), payment(recipient, notice));
				case DEFAULTED, WRITTEN_OFF -> giveUp(notice.id(), payment(recipient, notice));
				case CONFIRMED, RELEASED -> {
					remove(notice.id());
					this.ended.put(notice.id(), true);
				}
			}
		});
	}

	/** A facilitator knows what a metered answer came to. */
	private void correct(String id, OpenPayment payment) {
		OpenPayment known = this.open.get(id);
		if (known != null && !known.amount().equals(payment.amount())) {
			remove(id);
		}
		open(id, payment);
	}

	private OpenPayment payment(String recipient, SettlementNotice notice) {
		Instant now = this.clock.instant();
		return new OpenPayment(new PaidAccount(recipient, notice.network(), notice.asset()), notice.baseUnits(),
				notice.since().orElse(now), now);
	}

	private synchronized void open(String id, OpenPayment payment) {
		forget(payment.heard().minus(FORGOTTEN));
		if (this.ended.containsKey(id) || this.open.containsKey(id)) {
			return;
		}
		remove(id);
		this.open.put(id, payment);
		sumOf(payment).add(payment.amount(), payment.since());
	}

	private void giveUp(String id, OpenPayment payment) {
		remove(id);
		if (this.defaulted.size() >= MAX_DEFAULTED) {
			remove(this.defaulted.keySet().iterator().next());
		}
		this.defaulted.put(id, payment);
		sumOf(payment).addDefaulted(payment.amount());
	}

	private void forget(Instant before) {
		Iterator<OpenPayment> oldest = this.open.values().iterator();
		while (oldest.hasNext()) {
			OpenPayment payment = oldest.next();
			if (this.open.size() < MAX_OPEN && !payment.heard().isBefore(before)) {
				return;
			}
			oldest.remove();
			take(payment, (sum) -> sum.remove(payment.amount(), payment.since()));
		}
	}

	private void remove(String id) {
		OpenPayment opened = this.open.remove(id);
		if (opened != null) {
			take(opened, (sum) -> sum.remove(opened.amount(), opened.since()));
		}
		OpenPayment lost = this.defaulted.remove(id);
		if (lost != null) {
			take(lost, (sum) -> sum.addDefaulted(lost.amount().negate()));
		}
	}

	private RunningSum sumOf(OpenPayment payment) {
		return this.sums.computeIfAbsent(payment.account(), RunningSum::new);
	}

	private void take(OpenPayment payment, Consumer<RunningSum> change) {
		this.sums.computeIfPresent(payment.account(), (account, sum) -> {
			change.accept(sum);
			return sum.isNothing() ? null : sum;
		});
	}

	/**
	 * Return what is owed.
	 * @return a sum for each account that anything is owed to
	 */
	public synchronized Collection<OwedSum> sums() {
		return this.sums.values().stream().map(RunningSum::sum).toList();
	}

	/**
	 * Return what is owed to an account.
	 * @param account who is paid with what
	 * @return the sum
	 */
	public synchronized OwedSum sum(PaidAccount account) {
		RunningSum sum = this.sums.get(account);
		return (sum != null) ? sum.sum() : OwedSum.none(account);
	}

	/**
	 * Return how long the oldest payment to an account has been owed.
	 * @param account who is paid with what
	 * @return seconds, 0 if nothing is owed
	 */
	public double age(PaidAccount account) {
		Instant oldest = sum(account).oldest();
		return (oldest != null) ? Math.max(0, this.clock.instant().getEpochSecond() - oldest.getEpochSecond()) : 0;
	}

	/**
	 * A payment that is owed, or was.
	 *
	 * @param account to whom
	 * @param amount how much, base units
	 * @param since when it was committed
	 * @param heard when this application has heard of it
	 */
	private record OpenPayment(PaidAccount account, BigInteger amount, Instant since, Instant heard) {
	}

}
