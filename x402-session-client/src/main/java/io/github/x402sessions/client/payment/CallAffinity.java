package io.github.x402sessions.client.payment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;

/**
 * Remembers who pays for a named call, of the latest ones: which payer, or which session.
 * Once it is in doubt whether that was settled, nobody else ever pays for the call: under
 * another session or by another scheme the same identifier is another payment.
 * Thread-safe.
 *
 * @param <T> the type of those who pay
 */
public final class CallAffinity<T> {

	private static final int REMEMBERED = 10_000;

	private final Map<String, First<T>> calls = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, First<T>> eldest) {
			return size() > REMEMBERED;
		}

	};

	/** Return who an earlier try was paid by, if that is known. */
	synchronized Optional<T> find(PaymentIdentifier identifier) {
		return Optional.ofNullable(this.calls.get(identifier.id())).map(First::payer);
	}

	/**
	 * Return who an earlier try was paid by, or else remember this one.
	 * @param identifier the call's payment identifier
	 * @param now who would pay now
	 * @return who pays
	 */
	public synchronized T of(PaymentIdentifier identifier, T now) {
		return this.calls.computeIfAbsent(identifier.id(), (unused) -> new First<>(now, false)).payer();
	}

	/**
	 * Take in what became of a payment for the call: what proves that nothing was settled
	 * frees it for others, unless a try before is in doubt.
	 * @param identifier the call's payment identifier
	 * @param outcome the outcome
	 */
	public synchronized void hear(PaymentIdentifier identifier, PaymentEvent.Outcome outcome) {
		this.calls
			.computeIfPresent(identifier.id(),
					(unused, first) -> outcome.<Optional<First<T>>>fold((paid) -> Optional.of(first), first::after,
							(unknown) -> Optional.of(new First<>(first.payer(), true)),
							(declined) -> Optional.of(first), (overcharged) -> Optional.of(first))
						.orElse(null));
	}

	/**
	 * The payer that paid first.
	 *
	 * @param <T> the type of those who pay
	 * @param payer who it was
	 * @param doubted whether the call may have been charged
	 */
	private record First<T>(T payer, boolean doubted) {

		Optional<First<T>> after(PaymentEvent.Refused refused) {
			return (refused.isProofOfNoSettlement() && !this.doubted) ? Optional.empty() : Optional.of(this);
		}

	}

}
