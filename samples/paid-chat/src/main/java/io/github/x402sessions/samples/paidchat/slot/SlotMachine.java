package io.github.x402sessions.samples.paidchat.slot;

import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Three reels that turn independently and fairly. The only prize is the joy of it.
 */
final class SlotMachine {

	private static final List<String> SYMBOLS = List.of("cherry", "lemon", "bell", "plum", "star", "seven");

	private static final int REELS = 3;

	private final RandomGenerator random;

	SlotMachine() {
		this(new SecureRandom());
	}

	SlotMachine(RandomGenerator random) {
		this.random = random;
	}

	Pull pull() {
		List<String> reels = Stream.generate(() -> SYMBOLS.get(this.random.nextInt(SYMBOLS.size())))
			.limit(REELS)
			.toList();
		return new Pull(reels, reels.stream().distinct().count() == 1);
	}

	/**
	 * Result of a pull.
	 *
	 * @param reels the symbols from left to right
	 * @param win whether they are all the same
	 */
	record Pull(List<String> reels, boolean win) {
	}

}
