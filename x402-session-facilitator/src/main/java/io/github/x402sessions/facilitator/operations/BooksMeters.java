package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

import io.github.x402sessions.facilitator.reconcile.ConsistencyMonitor;
import io.github.x402sessions.stellar.rpc.LedgerClock;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.dao.DataAccessException;

/**
 * Measures what is on its way. Every figure is read from books and ledger when it is
 * asked for, so that it is right after a restart and for all nodes together; what cannot
 * be read is not a number.
 */
final class BooksMeters implements MeterBinder {

	private static final String PREFIX = "x402.facilitator.";

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
		gauge(registry, "reservations", "Settlements whose amount is set aside", (books) -> books.open.reserved());
		gauge(registry, "holds", "Payments whose amount is held until their cost is known",
				(books) -> books.open.held());
		gauge(registry, "transactions.open", "Transactions whose end is open", (books) -> books.open.transactions());
		gauge(registry, "channels", "Accounts that can give a transaction its number",
				(books) -> books.open.channels());
		gauge(registry, "channels.used", "Those of them with a transaction under way",
				(books) -> books.open.channelsInUse());
		gauge(registry, "confirmation.ledgers", "Ledgers until a transaction was applied, average of five minutes",
				(books) -> books.open.ledgersToConfirm(LATELY));
		gauge(registry, "settling", "1, or 0 while the books are in doubt and nothing is settled",
				(books) -> books.watch.doubt().isPresent() ? 0 : 1);
		gauge(registry, "ledger", "The latest ledger that the node has closed",
				(books) -> books.ledgers.latest().sequence());
	}

	private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<BooksMeters> value) {
		Gauge.builder(PREFIX + name, this, (books) -> {
			try {
				return value.applyAsDouble(books);
			}
			catch (DataAccessException | RpcException ex) {
				return Double.NaN;
			}
		}).description(description).strongReference(true).register(registry);
	}

}
