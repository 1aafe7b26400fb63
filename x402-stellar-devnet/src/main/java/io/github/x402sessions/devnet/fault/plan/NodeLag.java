package io.github.x402sessions.devnet.fault.plan;

import java.util.SplittableRandom;

/**
 * The ages of the states that a pool of nodes answers from, in ledgers. The same seed
 * gives the same ages, call by call. Thread-safe.
 */
final class NodeLag {

	private static final int MOST = 3;

	private int ledgers;

	private long seed;

	private SplittableRandom random = new SplittableRandom(0);

	synchronized void set(int ledgers, long seed) {
		if (ledgers < 0 || ledgers > MOST) {
			throw new IllegalArgumentException("ledgers is not between 0 and " + MOST + ": " + ledgers);
		}
		this.ledgers = ledgers;
		this.seed = seed;
		this.random = new SplittableRandom(seed);
	}

	/** The age of the state that answers the next call. */
	synchronized int draw() {
		return (this.ledgers == 0) ? 0 : this.random.nextInt(this.ledgers + 1);
	}

	synchronized int ledgers() {
		return this.ledgers;
	}

	synchronized long seed() {
		return this.seed;
	}

}
