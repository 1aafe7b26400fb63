package io.github.x402sessions.facilitator.key;

import java.util.List;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.account.AccountSigner;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.account.SigningPurpose;

/**
 * Spenders for tests of what uses them.
 */
public final class TestSpenders {

	/** A node that knows of no other. */
	public static final SpenderRoster ALONE = new SpenderRoster() {

		@Override
		public void tell(List<String> addresses) {
		}

		@Override
		public boolean isHeldElsewhere(String address) {
			return false;
		}

		@Override
		public int nodesWithout(String address) {
			return 0;
		}

		@Override
		public List<String> needed(long latestLedger) {
			return List.of();
		}

	};

	private TestSpenders() {
	}

	public static Spenders of(AccountKey... keys) {
		List<AccountKey> all = List.of(keys);
		return () -> all;
	}

	/** Spenders that cannot sign. */
	public static Spenders named(String... addresses) {
		List<AccountSigner> all = Stream.of(addresses).<AccountSigner>map(Named::new).toList();
		return () -> all;
	}

	/** What they transfer, where nobody simulates or sends anything. */
	public static SpenderTransfers transfers(Spenders spenders) {
		return new SpenderTransfers(null, null, "test", spenders, null);
	}

	/** What follows from the seed of the first one. */
	public static DerivationSecrets secrets(AccountKey... keys) {
		return new DerivationSecrets(of(keys), null, List.of());
	}

	private record Named(String address) implements AccountSigner {

		@Override
		public byte[] sign(byte[] hash, SigningPurpose purpose) {
			throw new SigningException("this one cannot", null);
		}

	}

}
