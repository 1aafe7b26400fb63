package io.github.x402sessions.core.gate;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.scheme.PaymentScheme;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which transactions have paid lately, and which commitments, and for which
 * payment: each pays once, unless its facilitator says that it repeats itself or that
 * several payments share a transaction. What a client calls its payment proves nothing of
 * a first attempt: it may call several the same. Nothing is forgotten for a while, unless
 * payments come faster than the bound lasts; thread-safe.
 */
final class SettledTransactions {

	/** Longer than anybody waits for the answer to a payment. */
	private static final Duration KEPT = Duration.ofMinutes(30);

	/** About 60 MB; 2 000 payments in a second last for 4 minutes. */
	static final int MOST = 500_000;

	private final LongSupplier nanos;

	private final Map<Fingerprint, Paid> payments = new LinkedHashMap<>();

	SettledTransactions() {
		this(System::nanoTime);
	}

	SettledTransactions(LongSupplier nanos) {
		this.nanos = nanos;
	}

	/**
	 * Tell whether a transaction pays for a payment.
	 * @param repeated whether the payment may have been settled before, for the same
	 * answer
	 * @param receipt the facilitator's receipt, which is a success
	 */
	synchronized boolean pays(PaymentDecision.Verified verified, boolean repeated, SettleResponse receipt) {
		if (PaymentIdentifier.isReplayed(receipt)
				|| PaymentScheme.of(verified.request().paymentRequirements().scheme()).isShared(receipt)) {
			return true;
		}
		Fingerprint payment = verified.identifier()
			.map((id) -> Fingerprint.of(verified.payer() + " " + id))
			.orElse(null);
		long now = this.nanos.getAsLong();
		forget(now);
		Paid before = this.payments.putIfAbsent(key(receipt), new Paid(payment, now));
		return before == null || (repeated && payment != null && payment.equals(before.payment()));
	}

	/** The first is the oldest. */
	private void forget(long now) {
		Iterator<Paid> oldest = this.payments.values().iterator();
		while (oldest.hasNext() && (now - oldest.next().at() > KEPT.toNanos() || this.payments.size() >= MOST)) {
			oldest.remove();
		}
	}

	/** Two spellings of a hash are one transaction; those of a commitment are two. */
	private static Fingerprint key(SettleResponse receipt) {
		String transaction = receipt.transaction();
		return Fingerprint.of(receipt.network() + " "
				+ (receipt.commitment().isPresent() ? transaction : transaction.toLowerCase(Locale.ROOT)));
	}

	/**
	 * A payment that was made.
	 *
	 * @param payment what its payer calls it; absent where that is nothing
	 * @param at when it was told, nanoseconds of the process
	 */
	private record Paid(@Nullable Fingerprint payment, long at) {
	}

	/** As much of a hash as no two texts have in common. */
	private record Fingerprint(long high, long low) {

		static Fingerprint of(String text) {
			ByteBuffer hash = ByteBuffer.wrap(Sha256.of(text));
			return new Fingerprint(hash.getLong(), hash.getLong());
		}

	}

}
