package io.github.x402sessions.facilitator.config;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Places of the facilitator's keys. The spender's is in one of three.
 *
 * @param secret the secret seed (S…) of the account that payers let spend; also read from
 * the environment variable FACILITATOR_SECRET
 * @param secretFile a file with that seed on its first line, and those of further
 * spenders on the next; it is read again when it changes
 * @param signer who keeps the key and signs
 * @param otherSpenders the spenders whose sessions go on beside those of the spender:
 * those that were before, and the one that comes next
 * @param channelSecret a secret seed that the keys of channels and the ids of sessions
 * follow from; the spender's own where absent
 * @param channelSecretFile a file with that seed
 * @param previousChannelSecrets the seeds that they followed from before
 */
@ConfigurationProperties("facilitator")
public record SigningProperties(@Nullable String secret, @Nullable Path secretFile,
		@DefaultValue SignerProperties signer, @DefaultValue List<SpenderProperties> otherSpenders,
		@Nullable String channelSecret, @Nullable Path channelSecretFile,
		@DefaultValue List<String> previousChannelSecrets) {

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is missing or wrong
	 */
	public SigningProperties {
		otherSpenders = List.copyOf(otherSpenders);
		if ((secret == null || secret.isBlank()) && secretFile == null && signer.remote() == null) {
			throw new InvalidPropertyException("secret", "is missing",
					"Set the environment variable FACILITATOR_SECRET (or the property) to the secret seed, S…, of"
							+ " the account that payers let spend; or facilitator.secret-file or"
							+ " facilitator.signer.remote.url to where its key is.");
		}
		spender(secret, secretFile, signer).check("");
		for (int i = 0; i < otherSpenders.size(); i++) {
			otherSpenders.get(i).check("other-spenders[" + i + "].");
		}
		if (channelSecret != null && !channelSecret.isBlank()) {
			PropertyCheck.seed("channel-secret", channelSecret);
			if (channelSecretFile != null) {
				throw new InvalidPropertyException("channel-secret-file", "is set beside facilitator.channel-secret",
						"Set one of them.");
			}
		}
		previousChannelSecrets = previousChannelSecrets.stream()
			.map((seed) -> PropertyCheck.seed("previous-channel-secrets", seed))
			.toList();
	}

	private static SpenderProperties spender(@Nullable String secret, @Nullable Path secretFile,
			SignerProperties signer) {
		return new SpenderProperties(secret, secretFile, signer);
	}

	/** Return where the key of the spender is that payers are told. */
	public SpenderProperties spender() {
		return spender(this.secret, this.secretFile, this.signer);
	}

	@Override
	public String toString() {
		return "SigningProperties[" + spender() + ", otherSpenders=" + this.otherSpenders + ", channelSecret=…]";
	}

}
