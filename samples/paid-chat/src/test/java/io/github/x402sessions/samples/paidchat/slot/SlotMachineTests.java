package io.github.x402sessions.samples.paidchat.slot;

import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SlotMachineTests {

	@Test
	void winsWhenAllReelsShowTheSame() {
		SlotMachine machine = new SlotMachine(new Random(7));
		assertThat(Stream.generate(machine::pull).limit(1000)).allSatisfy((pull) -> {
			assertThat(pull.reels()).hasSize(3);
			assertThat(pull.win()).isEqualTo(pull.reels().stream().distinct().count() == 1);
		}).anyMatch(SlotMachine.Pull::win);
	}

}
