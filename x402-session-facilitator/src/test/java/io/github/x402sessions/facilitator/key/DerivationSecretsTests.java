package io.github.x402sessions.facilitator.key;

import java.util.List;

import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import io.github.x402sessions.stellar.account.AccountKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What follows from a secret stays what it is when the spender changes, or its key goes
 * elsewhere.
 */
class DerivationSecretsTests {

	private final AccountKey former = AccountKey.random();

	private final AccountKey next = AccountKey.random();

	private final AccountKey own = AccountKey.random();

	@Test
	void withoutASecretOfItsOwnAllFollowsFromTheSpendersSeed() {
		DerivationSecrets secrets = TestSpenders.secrets(this.next, this.former);
		assertThat(secrets.channels()).isEqualTo(this.next);
		assertThat(secrets.formerChannels()).containsExactly(this.former);
		assertThat(secrets.sessionIds(this.former.address())).first().isEqualTo(ids(this.former));
		assertThat(secrets.sessionIds(this.next.address())).first().isEqualTo(ids(this.next));
	}

	@Test
	void withASecretOfItsOwnThatIsFirstAndTheOthersAreKnown() {
		DerivationSecrets secrets = new DerivationSecrets(TestSpenders.of(this.next), this.own,
				List.of(this.former, this.own));
		assertThat(secrets.channels()).isEqualTo(this.own);
		assertThat(secrets.formerChannels()).containsExactly(this.next, this.former);
		assertThat(secrets.sessionIds(this.next.address())).containsExactly(ids(this.own), ids(this.next),
				ids(this.former));
	}

	@Test
	void withoutTheSeedThereHasToBeOne() {
		Spenders elsewhere = TestSpenders.named("G");
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> new DerivationSecrets(elsewhere, null, List.of()))
			.withMessageStartingWith("facilitator.channel-secret is missing");
		assertThat(new DerivationSecrets(elsewhere, this.own, List.of()).sessionIds("G"))
			.containsExactly(ids(this.own));
	}

	private static byte[] ids(AccountKey key) {
		return key.derive("x402-session-id:v1");
	}

}
