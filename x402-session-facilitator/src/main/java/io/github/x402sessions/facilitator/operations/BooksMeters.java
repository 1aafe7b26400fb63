package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Measures what is on its way. Every figure is read from books and ledger when it is
 * asked for, so that it is right after a restart and for all nodes together.
 */
final class BooksMeters implements MeterBinder {

	private static final Duration LATELY = Duration.ofMinutes(5);

	private final OpenWork open;

	private final LedgerClock ledgers;

	private final ConsistencyMonitor watch;

	/**
	 * Create the meters.
	 * @param open counts what is open
	 * @param ledgers knows the height of the ledger
	 * @param watch doubts the books
	 */
	public BooksMeters(OpenWork open, LedgerClock ledgers, ConsistencyMonitor watch) {
		this.open = open;
		this.ledgers = ledgers;
		this.watch = watch;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "reservations", "Settlements whose amount is set aside", this.open::reserved);
		gauge(registry, "holds", "Payments whose amount is held until their cost is known", this.open::held);
		gauge(registry, "transactions.open", "Transactions whose end is open", this.open::transactions);
		LiveGauge.of("transactions.oldest", () -> this.open.oldestTransaction().toSeconds())
			.description("How long ago the oldest of them was written down")
			.baseUnit("seconds")
			.register(registry);
		gauge(registry, "channels", "Accounts that can give a transaction its number", this.open::channels);
		gauge(registry, "channels.used", "Those of them with a transaction under way", this.open::channelsInUse);
		gauge(registry, "channels.poor", "Those of them that have too few lumens for a transaction",
				this.open::insolventChannels);
		gauge(registry, "confirmation.ledgers", "Ledgers until a transaction was applied, average of five minutes",
				() -> this.open.ledgersToConfirm(LATELY));
		gauge(registry, "settling", "1, or 0 while the books are in doubt and nothing is settled",
				() -> this.watch.doubt().isPresent() ? 0 : 1);
		gauge(registry, "ledger", "The latest ledger that the node has closed", () -> this.ledgers.latest().sequence());
	}

	private static void gauge(MeterRegistry registry, String name, String description, DoubleSupplier value) {
		LiveGauge.of(name, value).description(description).register(registry);
	}

}
