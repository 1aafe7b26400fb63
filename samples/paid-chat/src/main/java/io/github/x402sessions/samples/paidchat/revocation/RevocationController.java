package io.github.x402sessions.samples.paidchat.revocation;

import io.github.x402sessions.stellar.rpc.ChainException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Builds and sends the approve of nothing that ends a session for good, so that a page
 * needs no Stellar SDK. The wallet signs it.
 */
@RestController
class RevocationController {

	private final Revocations revocations;

	RevocationController(Revocations revocations) {
		this.revocations = revocations;
	}

	@PostMapping("/api/revocations")
	Revocation prepare(@RequestBody Wanted wanted) {
		try {
			return this.revocations.prepare(account("user", wanted.user()), account("spender", wanted.spender()),
					required("asset", wanted.asset()));
		}
		catch (ChainException | IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Nothing was signed: " + ex.getMessage(), ex);
		}
	}

	@PostMapping("/api/revocations/{hash}")
	void send(@PathVariable String hash, @RequestBody Signed signed) {
		this.revocations.send(hash, required("transaction", signed.transaction()));
	}

	private static String account(String name, @Nullable String value) {
		String account = required(name, value);
		if (!account.matches("G[A-Z2-7]{55}")) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'" + name + "' must be an account, G…");
		}
		return account;
	}

	private static String required(String name, @Nullable String value) {
		if (value == null || value.isBlank()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'" + name + "' is missing");
		}
		return value;
	}

	record Wanted(@Nullable String user, @Nullable String spender, @Nullable String asset) {
	}

	record Signed(@Nullable String transaction) {
	}

}
