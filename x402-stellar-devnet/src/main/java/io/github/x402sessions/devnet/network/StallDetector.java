package io.github.x402sessions.devnet.network;

import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when something waits for a ledger and none closes by itself, so that the log
 * explains a test that hangs. It looks each time that it is run, from one thread.
 */
final class StallDetector implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(StallDetector.class);

	/** The number of looks without a new ledger after which it warns. */
	private static final int THRESHOLD = 3;

	private final LocalNetwork network;

	private final BooleanSupplier still;

	private final String remedy;

	private long ledger;

	private int looks;

	/**
	 * Create a watch.
	 * @param network what may stand still
	 * @param still whether no ledger closes by itself now
	 * @param remedy what closes one
	 */
	StallDetector(LocalNetwork network, BooleanSupplier still, String remedy) {
		this.network = network;
		this.still = still;
		this.remedy = remedy;
	}

	@Override
	public void run() {
		long latest = this.network.latest().sequence();
		int waiting = this.network.waiting();
		boolean waits = waiting > 0 && latest == this.ledger && this.still.getAsBoolean();
		this.ledger = latest;
		this.looks = waits ? this.looks + 1 : 0;
		if (this.looks == THRESHOLD) {
			log.warn("{} waiting for ledger {}, and none closes by itself: {}",
					(waiting == 1) ? "1 transaction is" : waiting + " transactions are", latest + 1, this.remedy);
		}
	}

}
