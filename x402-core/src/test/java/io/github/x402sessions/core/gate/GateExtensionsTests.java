package io.github.x402sessions.core.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GateExtensionsTests {

	private final FakeFacilitator facilitator = FakeFacilitator.honouring();

	private final AtomicInteger turns = new AtomicInteger();

	@Test
	void challengesSayWhatExtensionsSayInTheirOrder() {
		PaymentGate gate = gate(extension("first", false), extension("failing", true), extension("turn", true));
		PaymentRequired challenge = new PayingClient(gate).challenge();
		assertThat(challenge.extensions()).containsOnlyKeys("payment-identifier", "first", "turn");
		assertThat(challenge.extensions().keySet()).last().isEqualTo("turn");
		assertThat(gate.knownChallenge(PayingClient.ROUTE, "https://a.example/a").extensions())
			.containsOnlyKeys("first", "turn");
	}

	@Test
	void onlyWhatIsTheSameEveryTimeHasToBeEchoed() {
		PaymentGate gate = gate(extension("first", false), extension("turn", true));
		PayingClient client = new PayingClient(gate);
		PaymentRequired challenge = client.challenge();
		client.challenge();
		assertThat(client.pay((payment) -> payment.withExtensions(challenge.extensions())))
			.isInstanceOf(PaymentDecision.Verified.class);
		assertThat(client
			.pay((payment) -> payment.withExtensions(Map.of("first", Map.of("info", Map.of("said", "other"))))))
			.isInstanceOf(PaymentDecision.Refused.class);
	}

	@Test
	void aRefusedSettlementAsksAgainWithAll() {
		PaymentGate gate = gate(extension("first", false), extension("turn", true));
		this.facilitator.answers.add(() -> SettleResponse.failure("cap_exceeded", null, FakeFacilitator.TESTNET));
		PaymentDecision.Verified verified = new PayingClient(gate).verified();
		assertThat(verified.required().extensions()).containsKey("first").doesNotContainKey("turn");
		assertThat(gate.settle(verified)).isInstanceOfSatisfying(SettlementOutcome.Refused.class, (refused) -> {
			assertThat(refused.required().error()).isEqualTo("cap_exceeded");
			assertThat(refused.required().extensions()).containsKeys("first", "turn");
		});
	}

	@Test
	void receiptsOfAnswersThatComeSayMore() {
		PaymentGate gate = gate();
		PaymentDecision.Verified verified = new PayingClient(gate).verified();
		SettleResponse settled = gate.settle(verified).response();
		assertThat(settled.extensions()).isNull();
		assertThat(gate.receipt(verified, settled.withPayer(null)).extensions()).doesNotContainKey("failing")
			.extractingByKey("thanks")
			.isEqualTo(Map.of("to", "GP", "for", "https://a.example/a"));
		SettleResponse failure = SettleResponse.failure("no", null, FakeFacilitator.TESTNET);
		assertThat(gate.receipt(verified, failure)).isSameAs(failure);
	}

	private PaymentGate gate(ChallengeExtension... extensions) {
		return new PaymentGate(this.facilitator, 8192, List.of(extensions),
				List.of(receipt("failing"), receipt("thanks")));
	}

	private ChallengeExtension extension(String name, boolean dynamic) {
		return new ChallengeExtension() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public Optional<Map<String, Object>> of(PricedRoute route, PaymentRequired challenge) {
				if (name.equals("failing")) {
					throw new IllegalStateException("it fails");
				}
				String said = dynamic ? String.valueOf(GateExtensionsTests.this.turns.incrementAndGet())
						: route.name() + " at " + challenge.resource().url();
				return Optional.of(Map.of("info", Map.of("said", said)));
			}

			@Override
			public boolean isDynamic() {
				return dynamic;
			}

		};
	}

	private static ReceiptExtension receipt(String name) {
		return new ReceiptExtension() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public Optional<Map<String, Object>> of(PaymentRequired challenge, SettleResponse receipt) {
				if (name.equals("failing")) {
					throw new NoClassDefFoundError("it fails");
				}
				return Optional.of(Map.of("to", receipt.payer(), "for", challenge.resource().url()));
			}

		};
	}

}
