package io.github.x402sessions.samples.paidchat.ledger;

import io.github.x402sessions.samples.paidchat.site.SiteProperties;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows the height of the ledger, and single transactions of it.
 */
@RestController
class LedgerController {

	private final LedgerReader ledger;

	private final double secondsPerLedger;

	LedgerController(LedgerReader ledger, SiteProperties properties) {
		this.ledger = ledger;
		this.secondsPerLedger = properties.ledgerInterval().toMillis() / 1000.0;
	}

	@GetMapping("/api/ledger")
	Height height() {
		return new Height(this.ledger.height(), this.secondsPerLedger);
	}

	@GetMapping("/api/ledger/transactions/{hash}")
	LedgerTransaction transaction(@PathVariable String hash) {
		if (!hash.matches("[0-9a-f]{64}")) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "A transaction's hash has 64 hex digits.");
		}
		return this.ledger.find(hash)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"The ledger does not know this transaction, or no longer."));
	}

	/**
	 * Height of the ledger.
	 *
	 * @param sequence the latest ledger
	 * @param secondsPerLedger about how long one takes
	 */
	record Height(long sequence, double secondsPerLedger) {
	}

}
