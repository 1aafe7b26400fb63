package io.github.x402sessions.devnet.contract.runtime;

/**
 * Counts the instructions of one call. Not thread-safe.
 */
public final class InstructionMeter {

	private long instructions;

	public void charge(InstructionCost cost) {
		charge(cost, 1);
	}

	public void charge(InstructionCost cost, int times) {
		this.instructions += cost.instructions() * times;
	}

	public long instructions() {
		return this.instructions;
	}

}
