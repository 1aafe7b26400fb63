package io.github.x402sessions.facilitator.settlement;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The right to use a source, held until the outcome of its transaction is known.
 */
final class SourceLease implements AutoCloseable {

	private final TransactionSource source;

	private final Consumer<TransactionSource> giveBack;

	private final AtomicBoolean open = new AtomicBoolean(true);

	SourceLease(TransactionSource source, Consumer<TransactionSource> giveBack) {
		this.source = source;
		this.giveBack = giveBack;
	}

	TransactionSource source() {
		return this.source;
	}

	@Override
	public void close() {
		close((unused) -> {
		});
	}

	/**
	 * Give the source back with what is known about it now. Only the first call does.
	 */
	void close(Consumer<TransactionSource> learnt) {
		if (this.open.compareAndSet(true, false)) {
			learnt.accept(this.source);
			this.giveBack.accept(this.source);
		}
	}

}
