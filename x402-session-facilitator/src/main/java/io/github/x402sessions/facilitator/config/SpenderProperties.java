package io.github.x402sessions.facilitator.config;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The place of one spender's key, one of three.
 *
 * @param secret its secret seed, S…
 * @param secretFile a file with its secret seed, and perhaps those of others
 * @param signer who keeps the key and signs
 */
public record SpenderProperties(@Nullable String secret, @Nullable Path secretFile,
		@DefaultValue SignerProperties signer) {

	/** Check it, given how its properties begin. */
	void check(String prefix) {
		String seed = seed();
		RemoteSignerProperties remote = this.signer.remote();
		long places = Stream.of(seed != null, this.secretFile != null, remote != null).filter((set) -> set).count();
		if (places == 0) {
			throw new InvalidPropertyException(prefix + "secret", "is missing",
					"Set it, or " + prefix + "secret-file, or " + prefix + "signer.remote.url.");
		}
		if (places > 1) {
			throw new InvalidPropertyException(prefix + "secret",
					"is not the only place of the key: of secret, secret-file and signer.remote one may be set",
					"Remove the others; the secret may also come from the environment variable FACILITATOR_SECRET.");
		}
		if (seed != null) {
			PropertyCheck.seed(prefix + "secret", seed);
		}
		if (remote != null) {
			remote.check(prefix + "signer.remote.");
		}
	}

	/** Return the seed without blanks around it, or {@code null} if it is elsewhere. */
	public @Nullable String seed() {
		return (this.secret == null || this.secret.isBlank()) ? null : this.secret.trim();
	}

	@Override
	public String toString() {
		return "SpenderProperties[secret=…, secretFile=" + this.secretFile + ", signer=" + this.signer + "]";
	}

}
