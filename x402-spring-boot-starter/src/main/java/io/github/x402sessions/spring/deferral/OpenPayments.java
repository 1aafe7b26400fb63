package io.github.x402sessions.spring.deferral;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;
import io.github.x402sessions.servlet.payment.Payment;
import io.github.x402sessions.servlet.payment.PaymentListener;

/**
 * The deferred payments that are not confirmed, as far as this application knows of them:
 * by its receipts, and by what facilitators tell. Of those beyond a number the oldest are
 * forgotten, so the sums are the least that is owed. Thread-safe.
 */
public final class OpenPayments implements PaymentListener {

	private static final int MAX_OPEN = 100_000;

	/** A facilitator may tell the end before its receipt was heard of. */
	private static final int MAX_ENDED = 10_000;

	private final Clock clock;

	private final Map<String, OpenPayment> payments = bounded(MAX_OPEN);

	private final Map<String, Boolean> ended = bounded(MAX_ENDED);

	OpenPayments(Clock clock) {
		this.clock = clock;
	}

	private static <T> Map<String, T> bounded(int size) {
		return new LinkedHashMap<>() {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
				return size() > size;
			}

		};
	}

	/** What is told again may have ended long ago; the facilitator's books have it. */
	@Override
	public void onSettled(Payment payment, SettleResponse receipt) {
		if (!PaymentIdentifier.isReplayed(receipt)) {
			receipt.commitment()
				.ifPresent((id) -> open(id,
						new OpenPayment(new PaidAccount(payment.recipient(), payment.network(), payment.asset().id()),
								payment.charged(), this.clock.instant(), false)));
		}
	}

	private synchronized void open(String id, OpenPayment payment) {
		if (!this.ended.containsKey(id)) {
			this.payments.putIfAbsent(id, payment);
		}
	}

	synchronized void told(String recipient, SettlementNotice notice) {
		notice.deferral().ifPresent((status) -> {
			switch (status) {
				case COMMITTED, SUBMITTED -> open(notice.id(), payment(recipient, notice, false));
				case DEFAULTED, WRITTEN_OFF -> this.payments.put(notice.id(), payment(recipient, notice, true));
				case CONFIRMED -> {
					this.payments.remove(notice.id());
					this.ended.put(notice.id(), true);
				}
			}
		});
	}

	private OpenPayment payment(String recipient, SettlementNotice notice, boolean defaulted) {
		return new OpenPayment(new PaidAccount(recipient, notice.network(), notice.asset()), notice.baseUnits(),
				notice.since().orElseGet(this.clock::instant), defaulted);
	}

	/**
	 * Return what is owed.
	 * @return a sum for each account that anything is owed to
	 */
	public synchronized Collection<OwedSum> sums() {
		Map<PaidAccount, OwedSum> sums = new LinkedHashMap<>();
		this.payments.values()
			.forEach((payment) -> sums.compute(payment.account(),
					(account, sum) -> payment.addTo((sum != null) ? sum : OwedSum.none(account))));
		return sums.values();
	}

	/**
	 * Return what is owed to an account.
	 * @param account who is paid with what
	 * @return the sum
	 */
	public OwedSum sum(PaidAccount account) {
		return sums().stream()
			.filter((sum) -> sum.account().equals(account))
			.findFirst()
			.orElseGet(() -> OwedSum.none(account));
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

	/** A payment that is owed, or was. */
	private record OpenPayment(PaidAccount account, BigInteger amount, Instant since, boolean defaulted) {

		OwedSum addTo(OwedSum sum) {
			return this.defaulted ? sum.andDefaulted(this.amount) : sum.andOpen(this.amount, this.since);
		}

	}

}
