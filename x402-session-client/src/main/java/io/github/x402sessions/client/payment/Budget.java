package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * The most that may be paid within any period of some length, in one asset: what is paid
 * with another has no share of it, so a budget with a limit pays none. Counts what was
 * agreed to, not what a server says it took: a server that lies about it gains nothing.
 * So a call that was refused counts until its period is over, and only one that never
 * left this machine does not. Of what was only set aside it counts all, until the
 * facilitator says what that came to. Thread-safe.
 */
public final class Budget {

	private final @Nullable Limit limit;

	private final Duration period;

	private final Clock clock;

	private final Deque<Share> shares = new ArrayDeque<>();

	private BigInteger taken = BigInteger.ZERO;

	private Budget(@Nullable Limit limit, Duration period, Clock clock) {
		this.limit = limit;
		this.period = period;
		this.clock = clock;
	}

	/**
	 * Create a budget without a limit.
	 * @return a budget
	 */
	public static Budget unlimited() {
		return new Budget(null, Duration.ZERO, Clock.systemUTC());
	}

	/**
	 * Create a budget.
	 * @param network the network of the asset as a CAIP-2 id
	 * @param asset the id of the asset that is paid with
	 * @param most the most within a period, base units of the asset
	 * @param period the length of the period
	 * @param clock tells the time
	 * @return a budget
	 */
	public static Budget of(String network, String asset, BigInteger most, Duration period, Clock clock) {
		return new Budget(new Limit(network, asset, most), period, clock);
	}

	/**
	 * Tell what may still be agreed to now.
	 * @return base units, or empty if there is no limit
	 */
	public synchronized Optional<BigInteger> left() {
		if (this.limit == null) {
			return Optional.empty();
		}
		forgetBefore(this.clock.instant().minus(this.period));
		return Optional.of(this.limit.most().subtract(this.taken));
	}

	/**
	 * Take a share of it, or get empty if it does not suffice or is one of another asset.
	 */
	synchronized Optional<Share> take(PaymentRequirements accepted) {
		Share share = new Share(accepted.baseUnits(), this.clock.instant());
		if (this.limit == null) {
			return Optional.of(share);
		}
		forgetBefore(share.at.minus(this.period));
		BigInteger sum = this.taken.add(share.amount);
		if (!this.limit.allows(accepted, sum)) {
			return Optional.empty();
		}
		this.taken = sum;
		this.shares.addLast(share);
		return Optional.of(share);
	}

	private void forgetBefore(Instant start) {
		for (Share oldest = this.shares.peekFirst(); oldest != null
				&& !oldest.at.isAfter(start); oldest = this.shares.peekFirst()) {
			this.shares.removeFirst();
			this.taken = this.taken.subtract(oldest.amount);
		}
	}

	private synchronized void giveBack(Share share) {
		if (this.shares.remove(share)) {
			this.taken = this.taken.subtract(share.amount);
		}
	}

	private synchronized void hold(Share share, String payment) {
		share.heldFor = payment;
	}

	/**
	 * Count what a payment came to, where no more than that was set aside for it. Each
	 * share is put right once.
	 * @param payment the payment, as its facilitator names it: the SHA-256 of its
	 * identifier, in hex
	 * @param amount what it came to, base units
	 */
	public synchronized void settled(String payment, BigInteger amount) {
		this.shares.stream().filter((share) -> payment.equals(share.heldFor)).findFirst().ifPresent((share) -> {
			BigInteger free = share.amount.subtract(amount).max(BigInteger.ZERO);
			share.heldFor = null;
			share.amount = share.amount.subtract(free);
			this.taken = this.taken.subtract(free);
		});
	}

	/** How much may be paid within a period, and with what. */
	private record Limit(String network, String asset, BigInteger most) {

		boolean allows(PaymentRequirements accepted, BigInteger sum) {
			return this.network.equals(accepted.network()) && this.asset.equals(accepted.asset())
					&& sum.compareTo(this.most) <= 0;
		}

	}

	/** The share of one payment. */
	public final class Share {

		/** Guarded by the budget. */
		private BigInteger amount;

		private final Instant at;

		/** The payment that may come to less; guarded by the budget. */
		private @Nullable String heldFor;

		private Share(BigInteger amount, Instant at) {
			this.amount = amount;
			this.at = at;
		}

		/**
		 * For the same payment, made anew: it is charged once, and what was sent before
		 * counts whatever becomes of this.
		 */
		Share handedOn() {
			return new Share(this.amount, this.at);
		}

		/** For a payment whose amount is only set aside. */
		void hold(PaymentIdentifier payment) {
			Budget.this.hold(this, Sha256.hex(payment.id()));
		}

		/** For a payment that never left this machine. */
		void giveBack() {
			Budget.this.giveBack(this);
		}

	}

}
