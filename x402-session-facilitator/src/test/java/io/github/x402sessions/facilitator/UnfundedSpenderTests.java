package io.github.x402sessions.facilitator;

import java.util.Map;

import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A facilitator whose own account nobody has funded.
 */
class UnfundedSpenderTests {

	@Test
	void isNotWellAndSaysOfEachPaymentThatItWasNotSent() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator()) {
			KeyPair nobody = KeyPair.random();
			environment.start(Map.of("facilitator.secret", new String(nobody.getSecretSeed())));
			Payer payer = environment.payer();
			long end = environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME;
			Reply opened = environment.client.post("/sessions", payer.approved(nobody, 1_000_000, end));
			assertThat(opened.status()).as("%s", opened.body()).isEqualTo(201);

			Reply health = environment.client.get("/health");
			assertThat(health.status()).isEqualTo(503);
			assertThat(health.body().get("ok").asBoolean()).isFalse();
			assertThat(health.text("error"))
				.isEqualTo("its account " + nobody.getAccountId() + " does not exist: send it lumens");

			Map<String, Object> payment = Payments.of(environment, opened.text("sessionId"), Map.of("extra", Map.of()));
			Reply settled = environment.client.settle(payment);
			assertThat(settled.status()).isEqualTo(503);
			assertThat(settled.text("errorReason")).isEqualTo(SettleResponse.NOT_SENT);
			assertThat(settled.text("transaction")).isEmpty();

			environment.devnet.fund(nobody.getAccountId());
			Eventually.isTrue(() -> environment.client.get("/health").status() == 200);
			assertThat(environment.client.settle(payment).status()).isEqualTo(200);
		}
	}

}
