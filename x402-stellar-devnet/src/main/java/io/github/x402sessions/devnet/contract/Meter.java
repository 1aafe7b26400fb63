package io.github.x402sessions.devnet.contract;

/**
 * Counts the instructions of one call. Not thread-safe.
 */
final class Meter {

	private long instructions;

	void charge(Work work) {
		charge(work, 1);
	}

	void charge(Work work, int times) {
		this.instructions += work.instructions() * times;
	}

	long instructions() {
		return this.instructions;
	}

}
