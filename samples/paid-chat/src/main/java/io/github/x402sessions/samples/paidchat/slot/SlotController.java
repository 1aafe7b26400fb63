package io.github.x402sessions.samples.paidchat.slot;

import io.github.x402sessions.spring.X402Price;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sells pulls of the slot machine.
 */
@RestController
class SlotController {

	private final SlotMachine machine = new SlotMachine();

	@PostMapping("/api/slot")
	@X402Price(value = "0.10", description = "One pull of the slot machine", mimeType = "application/json")
	SlotMachine.Pull pull() {
		return this.machine.pull();
	}

}
