package io.github.x402sessions.samples.paidchat.embedded;

import java.math.BigDecimal;

import io.github.x402sessions.samples.local.LocalStellar;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Gives the demo wallet of a page play money. There is none where the ledger is a real
 * one.
 */
@RestController
class DemoWalletController {

	private static final BigDecimal USDC = new BigDecimal("5");

	private final ObjectProvider<LocalStellar> stellar;

	DemoWalletController(ObjectProvider<LocalStellar> stellar) {
		this.stellar = stellar;
	}

	@PostMapping("/api/demo/fund")
	void fund(@RequestBody Wallet wallet) {
		LocalStellar embedded = this.stellar.getIfAvailable();
		if (embedded == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no play money here.");
		}
		String account = wallet.account();
		if (account == null || !account.matches("G[A-Z2-7]{55}")) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'account' must be an account, G…");
		}
		embedded.fund(account, USDC);
	}

	record Wallet(@Nullable String account) {
	}

}
