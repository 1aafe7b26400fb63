package io.github.x402sessions.facilitator.channel;

import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.stellar.account.AccountKey;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ChannelKeysTests {

	private final AccountKey spender = AccountKey.of(new String(KeyPair.random().getSecretSeed()));

	@Test
	void channelsAreTheSameForEveryNodeAndDoNotChangeWithTheirNumber() {
		ChannelKeys two = new ChannelKeys(TestSpenders.of(this.spender), TestSpenders.secrets(this.spender), 2);
		assertThat(two.addresses()).doesNotHaveDuplicates().doesNotContain(this.spender.address());
		assertThat(new ChannelKeys(TestSpenders.of(this.spender), TestSpenders.secrets(this.spender), 3).addresses())
			.hasSize(3)
			.startsWith(two.addresses().toArray(String[]::new));
		assertThat(two.slots()).containsOnlyKeys(1, 2);
		assertThat(two.hasChannels()).isTrue();
	}

	@Test
	void withoutChannelsTheSpenderIsTheSource() {
		ChannelKeys none = new ChannelKeys(TestSpenders.of(this.spender), TestSpenders.secrets(this.spender), 0);
		assertThat(none.hasChannels()).isFalse();
		assertThat(none.slots()).containsOnlyKeys(Channels.SPENDER_SLOT).containsValue(this.spender.address());
	}

	@Test
	void onlyOwnSourcesHaveKeys() {
		ChannelKeys keys = new ChannelKeys(TestSpenders.of(this.spender), TestSpenders.secrets(this.spender), 1);
		assertThat(keys.of(this.spender.address()).address()).isEqualTo(this.spender.address());
		assertThat(keys.of(keys.addresses().get(0)).address()).isEqualTo(keys.addresses().get(0));
		String other = new ChannelKeys(TestSpenders.of(this.spender), TestSpenders.secrets(this.spender), 2).addresses()
			.get(1);
		assertThatIllegalArgumentException().isThrownBy(() -> keys.of(other)).withMessageContaining(other);
	}

}
