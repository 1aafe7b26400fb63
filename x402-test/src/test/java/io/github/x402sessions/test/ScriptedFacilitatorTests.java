package io.github.x402sessions.test;

import java.util.Map;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptedFacilitatorTests {

	private static final PaymentRequirements ASKED = new PaymentRequirements("session", "stellar:testnet", "1",
			Asset.usdc(Network.STELLAR_TESTNET).id(), ScriptedFacilitator.PAYER, 60, Map.of());

	private static final PaymentRequirements DEFERRED = ASKED.withExtra("settlement", "deferred");

	@Test
	void whoDefersCommitsItselfWhereThatIsAskedFor() {
		ScriptedFacilitator deferring = ScriptedFacilitator.deferring();
		assertThat(settle(deferring, DEFERRED).commitment()).isPresent();
		assertThat(settle(deferring, DEFERRED).transaction()).isNotEqualTo(settle(deferring, DEFERRED).transaction());
		assertThat(settle(deferring, ASKED).transaction()).matches("[0-9a-f]{64}");
		assertThat(settle(ScriptedFacilitator.create(), DEFERRED).transaction()).matches("[0-9a-f]{64}");
	}

	private static SettleResponse settle(ScriptedFacilitator facilitator, PaymentRequirements asked) {
		return facilitator.settle(FacilitatorRequest.of(PaymentPayload.of(null, asked, Map.of()), asked));
	}

}
