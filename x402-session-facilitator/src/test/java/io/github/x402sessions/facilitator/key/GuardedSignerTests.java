package io.github.x402sessions.facilitator.key;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.account.SigningPurpose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A signer that fails is tried by one thread, and nobody else waits for it.
 */
class GuardedSignerTests {

	private static final byte[] HASH = new byte[32];

	private final AccountKey key = AccountKey.random();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final AtomicInteger atOnce = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private volatile boolean broken;

	@Test
	void whoFailsIsTriedByOneThreadUntilItSignsAgain() {
		try (GuardedSigner signer = GuardedSigner.of(new Breaking())) {
			Spenders spenders = () -> List.of(signer);
			assertThat(signer.sign(HASH, SigningPurpose.TRANSFER)).hasSize(64);
			assertThat(spenders.canSign(this.key.address())).isTrue();
			this.broken = true;
			assertFails(signer);
			assertThat(spenders.canSign(this.key.address())).isFalse();
			assertThat(spenders.canSign(AccountKey.random().address())).as("not one of ours").isFalse();
			for (int i = 0; i < 100; i++) {
				assertFails(signer);
			}
			String own = Thread.currentThread().getName();
			Eventually.isTrue(() -> this.asked.stream().filter((name) -> !name.equals(own)).count() > 1);
			assertThat(this.asked).filteredOn(own::equals).as("the one that failed, and the one before").hasSize(2);
			this.broken = false;
			Eventually.isTrue(() -> spenders.canSign(this.key.address()));
			assertThat(signer.sign(HASH, SigningPurpose.TRANSFER)).hasSize(64);
			assertThat(this.most).hasValue(1);
		}
	}

	private static void assertFails(GuardedSigner signer) {
		assertThatExceptionOfType(SigningException.class).isThrownBy(() -> signer.sign(HASH, SigningPurpose.TRANSFER));
	}

	/** Signs, unless it is broken. */
	private final class Breaking implements AccountSigner {

		@Override
		public String address() {
			return GuardedSignerTests.this.key.address();
		}

		@Override
		public byte[] sign(byte[] hash, SigningPurpose purpose) {
			GuardedSignerTests.this.most.accumulateAndGet(GuardedSignerTests.this.atOnce.incrementAndGet(), Math::max);
			GuardedSignerTests.this.asked.add(Thread.currentThread().getName());
			GuardedSignerTests.this.atOnce.decrementAndGet();
			if (GuardedSignerTests.this.broken) {
				throw new SigningException("broken", null);
			}
			return GuardedSignerTests.this.key.sign(hash, purpose);
		}

	}

}
