package io.github.x402sessions.samples.paidchat.transfer;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Base64;

import io.github.x402sessions.stellar.rpc.ChainException;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Builds the transfer that pays one call, so that a page needs no Stellar SDK. The wallet
 * signs it and the page pays with it.
 */
@RestController
class TransferController {

	private static final long LONGEST = Duration.ofDays(1).toSeconds();

	private final WalletTransfers transfers;

	TransferController(WalletTransfers transfers) {
		this.transfers = transfers;
	}

	@PostMapping("/api/transfers")
	WalletTransfer prepare(@RequestBody Wanted wanted) {
		long seconds = wanted.maxTimeoutSeconds();
		if (seconds < 1 || seconds > LONGEST) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'maxTimeoutSeconds' must be 1 to " + LONGEST);
		}
		Transfer transfer = new Transfer(matching("asset", wanted.asset(), "C[A-Z2-7]{55}"),
				matching("user", wanted.user(), "G[A-Z2-7]{55}"), matching("payTo", wanted.payTo(), "[GC][A-Z2-7]{55}"),
				new BigInteger(matching("amount", wanted.amount(), "[1-9][0-9]{0,18}")));
		String identifier = matching("identifier", wanted.identifier(), "[A-Za-z0-9_-]{16,128}");
		try {
			return this.transfers.prepare(transfer, identifier, Duration.ofSeconds(seconds));
		}
		catch (ChainException | IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Nothing was signed: " + ex.getMessage(), ex);
		}
	}

	@PostMapping("/api/transfers/{hash}")
	Completed complete(@PathVariable String hash, @RequestBody Signed signed) {
		try {
			byte[] signature = Base64.getDecoder()
				.decode(matching("signature", signed.signature(), "[A-Za-z0-9+/]{86}=="));
			return new Completed(this.transfers.complete(hash, signature));
		}
		catch (ChainException | IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Nothing was charged: " + ex.getMessage(), ex);
		}
	}

	private static String matching(String name, @Nullable String value, String form) {
		if (value == null || !value.matches(form)) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'" + name + "' is missing or not of its form");
		}
		return value;
	}

	record Wanted(@Nullable String user, @Nullable String asset, @Nullable String payTo, @Nullable String amount,
			long maxTimeoutSeconds, @Nullable String identifier) {
	}

	record Signed(@Nullable String signature) {
	}

	/**
	 * A transfer that its payer has signed: who has it can have it made.
	 *
	 * @param transaction the transaction that pays, base64 XDR
	 */
	record Completed(String transaction) {

		@Override
		public String toString() {
			return "Completed";
		}

	}

}
