package io.github.x402sessions.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.devnet.xdr.Strkeys;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.KeyPair;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accounts to open when the network starts: a JSON array of objects with an id or a
 * secret, and optionally an amount of USDC.
 *
 * @param accounts the accounts
 */
record AccountsFile(List<Funding> accounts) {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	static final AccountsFile NONE = new AccountsFile(List.of());

	/**
	 * Reads a file.
	 * @throws IllegalArgumentException if it is no such file; the message never shows a
	 * secret
	 * @throws UncheckedIOException if it cannot be read
	 */
	static AccountsFile read(Path file) {
		Entry[] entries;
		try {
			entries = MAPPER.readValue(Files.readAllBytes(file), Entry[].class);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					file + " is no array of objects with account or secret, and usdc, as JSON");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + file, ex);
		}
		List<Funding> accounts = new ArrayList<>();
		for (Entry entry : entries) {
			accounts.add(entry.toFunding(file + ", entry " + (accounts.size() + 1) + ": "));
		}
		return new AccountsFile(accounts);
	}

	/** Opens those that are not there. */
	void fund(StellarDevnet devnet) {
		for (Funding account : this.accounts) {
			if (!devnet.hasAccount(account.account())) {
				devnet.fund(account.account());
				if (account.usdc() != null) {
					devnet.faucet(account.account(), account.usdc());
				}
			}
		}
	}

	/**
	 * An account to fund.
	 *
	 * @param account its id
	 * @param usdc what it gets of USDC; {@code null} for not even a trustline
	 */
	record Funding(String account, @Nullable BigDecimal usdc) {

		@Override
		public String toString() {
			return this.account + "  10000 XLM" + ((this.usdc != null) ? ", " + this.usdc + " USDC" : "");
		}

	}

	private record Entry(@Nullable String account, @Nullable String secret, @Nullable BigDecimal usdc) {

		Funding toFunding(String where) {
			if ((this.account == null) == (this.secret == null)) {
				throw new IllegalArgumentException(where + "needs account or secret, and not both");
			}
			if (this.usdc != null && (this.usdc.signum() < 0 || this.usdc.stripTrailingZeros().scale() > 7)) {
				throw new IllegalArgumentException(where + "usdc is not an amount with up to 7 decimals");
			}
			return new Funding((this.account != null) ? checked(this.account, where) : idOf(this.secret, where),
					this.usdc);
		}

		private static String checked(String account, String where) {
			if (!Strkeys.isAccount(account)) {
				throw new IllegalArgumentException(where + "account is not an account id (G...)");
			}
			return account;
		}

		private static String idOf(@Nullable String secret, String where) {
			try {
				return KeyPair.fromSecretSeed(String.valueOf(secret)).getAccountId();
			}
			catch (RuntimeException ex) {
				throw new IllegalArgumentException(where + "secret is not a secret key (S...)");
			}
		}

	}

}
