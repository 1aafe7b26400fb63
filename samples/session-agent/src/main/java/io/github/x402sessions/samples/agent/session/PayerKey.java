package io.github.x402sessions.samples.agent.session;

import java.net.URI;
import java.util.Objects;

import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import org.jspecify.annotations.Nullable;

/**
 * The key of the account that pays.
 *
 * @param signer signs with it
 * @param made the key itself, if it was made here and nobody else has it; a secret
 */
public record PayerKey(SessionSigner signer, @Nullable String made) {

	/** The user's own, or else one of a new account on a network of this machine. */
	public static PayerKey paying(SessionOptions options, URI rpc, Asset asset) {
		return options.secret().isBlank() ? made(LocalAccount.on(rpc).create(asset.toBaseUnits(options.cap()), asset))
				: given(options.secret());
	}

	/** One that the user has. */
	public static PayerKey given(String secret) {
		return new PayerKey(signer(secret), null);
	}

	/** One that was made here. */
	public static PayerKey made(String secret) {
		return new PayerKey(signer(secret), secret);
	}

	/** The user's own, which has to be that of an account. */
	public static PayerKey of(String account, String given) {
		PayerKey key = given(given);
		if (!key.signer().accountId().equals(account)) {
			throw new WrongOptionException("--secret", "is not that of the account that pays, " + account);
		}
		return key;
	}

	/** The key of the account that opened a session: the user's word goes first. */
	public static SessionSigner of(String account, String given, KeptSession kept) {
		String secret = given.isBlank() ? Objects.requireNonNullElse(kept.secretKey(), "") : given;
		if (secret.isBlank()) {
			throw new WrongOptionException("--secret",
					"is needed: the file does not hold the key of the account that pays, " + account);
		}
		SessionSigner signer = signer(secret);
		if (!signer.accountId().equals(account)) {
			throw new WrongOptionException("--secret", "is not that of the account that pays, " + account);
		}
		return signer;
	}

	private static SessionSigner signer(String secret) {
		try {
			return SessionSigner.ofSecret(secret);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException("--secret", String.valueOf(ex.getMessage()));
		}
	}

	@Override
	public String toString() {
		return "PayerKey[account=" + this.signer.accountId() + "]";
	}

}
