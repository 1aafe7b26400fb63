package io.github.x402sessions.devnet.contract;

/**
 * Counts the instructions of one call. Not thread-safe.
 */
final class InstructionMeter {

	private long instructions;

	void charge(InstructionCost work) {
		charge(work, 1);
	}

	void charge(InstructionCost work, int times) {
		this.instructions += work.instructions() * times;
	}

	long instructions() {
		return this.instructions;
	}

}
