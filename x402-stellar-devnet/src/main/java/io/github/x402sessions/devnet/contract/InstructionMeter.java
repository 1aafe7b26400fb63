package io.github.x402sessions.devnet.contract;

/**
 * Counts the instructions of one call. Not thread-safe.
 */
final class InstructionMeter {

	private long instructions;

	void charge(InstructionCost cost) {
		charge(cost, 1);
	}

	void charge(InstructionCost cost, int times) {
		this.instructions += cost.instructions() * times;
	}

	long instructions() {
		return this.instructions;
	}

}
