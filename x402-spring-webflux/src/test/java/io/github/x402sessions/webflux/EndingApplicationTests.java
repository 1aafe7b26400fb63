package io.github.x402sessions.webflux;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.servlet.PaidContainer;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of an application whose answers stream.
 */
class EndingApplicationTests {

	@Test
	void whatHasLeftIsSettled() throws Exception {
		ScriptedFacilitator facilitator = new ScriptedFacilitator().holding();
		FluxShop shop = new FluxShop(facilitator, SoldThings.class,
				"spring.lifecycle.timeout-per-shutdown-phase=200ms");
		try (shop;
				InputStream words = shop.open("/words-for-ever", PaymentHeader.SIGNATURE, PaidContainer.payment())
					.body()) {
			assertThat(words.readNBytes(150)).asString(StandardCharsets.UTF_8).contains("goods5");
			shop.context().close();
		}
		assertThat(facilitator.amounts).containsExactly("500000");
	}

}
