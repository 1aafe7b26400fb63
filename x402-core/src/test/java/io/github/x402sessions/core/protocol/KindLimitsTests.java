package io.github.x402sessions.core.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KindLimits}.
 */
class KindLimitsTests {

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	@Test
	void whatIsWrittenIsRead() {
		KindLimits limits = new KindLimits(BigInteger.TEN, new BigInteger("1000000000"), List.of(USDC.id()));
		assertThat(KindLimits.of(kind(Map.of(KindLimits.MEMBER, limits.toMember())))).isEqualTo(limits);
	}

	@Test
	void pricesAreHeldToThem() {
		KindLimits limits = new KindLimits(BigInteger.TEN, new BigInteger("1000000000"), List.of(USDC.id()));
		assertThat(limits.refusal(USDC, BigInteger.TEN)).isEmpty();
		assertThat(limits.refusal(USDC, new BigInteger("1000000000"))).isEmpty();
		assertThat(limits.refusal(USDC, BigInteger.ONE))
			.hasValue("it costs 0.0000001, and its facilitator takes no payment below 0.000001");
		assertThat(limits.refusal(USDC, new BigInteger("1000000001")))
			.hasValue("it costs 100.0000001, and its facilitator takes no payment above 100");
		Asset other = Asset.usdc(Network.STELLAR_PUBNET);
		assertThat(limits.refusal(other, BigInteger.TEN))
			.hasValue("its facilitator does not take the asset " + other.id());
	}

	@Test
	void whatOthersMeanByTheNameSaysNothing() {
		List<Object> odd = List.of("none", List.of(1), Map.of("minAmount", 5, "maxAmount", "-1", "assets", "USDC"),
				Map.of("assets", List.of(1), "maxAmount", "much"));
		for (Object value : odd) {
			assertThat(KindLimits.of(kind(Map.of(KindLimits.MEMBER, value))).refusal(USDC, BigInteger.ONE))
				.as("%s", value)
				.isEmpty();
		}
		assertThat(KindLimits.of(kind(Map.of())).refusal(USDC, BigInteger.ONE)).isEmpty();
	}

	@Test
	void theyAreLeftOutOfTerms() {
		Map<String, Object> limits = new KindLimits(BigInteger.TEN, null, List.of(USDC.id())).toMember();
		assertThat(KindLimits.termsOf(kind(Map.of("spender", "G", KindLimits.MEMBER, limits))))
			.isEqualTo(Map.of("spender", "G"));
	}

	/** Members that nobody here knows survive. */
	@Test
	void whatOthersMeanByTheNameStaysInTerms() {
		List<Object> others = List.of("none", List.of(1), Map.of(), Map.of("perDay", 5), Map.of("maxAmount", 5),
				Map.of("maxAmount", "5", "perDay", 5));
		for (Object value : others) {
			Map<String, Object> extra = Map.of(KindLimits.MEMBER, value);
			assertThat(KindLimits.termsOf(kind(extra))).isEqualTo(extra);
		}
	}

	/** Ethereum's ids have the same meaning in either case. */
	@Test
	void anAssetIsTheSameInAnyCase() {
		KindLimits limits = new KindLimits(null, null, List.of("0x036CbD53842c5426634e7929541eC2318f3dCF7e"));
		assertThat(limits.refusal(new Asset("0x036cbd53842c5426634e7929541ec2318f3dcf7e", 6), BigInteger.TEN))
			.isEmpty();
	}

	private static SupportedKind kind(Map<String, Object> extra) {
		return new SupportedKind(2, "session", "stellar:testnet", extra);
	}

}
