package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PaymentEvent}.
 */
class PaymentEventTests {

	private static final URI URL = URI.create("http://shop/");

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	private static final BigInteger AMOUNT = BigInteger.valueOf(1_200_000);

	private static final PaymentReceipt RECEIPT = new PaymentReceipt(true, "stellar:testnet", "ab12", AMOUNT, null,
			Map.of());

	static Stream<PaymentEvent> eventsOfAmounts() {
		return Stream.of(new PaymentEvent.Paid(URL, USDC, RECEIPT),
				new PaymentEvent.Unknown(URL, USDC, AMOUNT, "IOException"),
				new PaymentEvent.Overcharged(URL, USDC, AMOUNT, RECEIPT),
				new PaymentEvent.Declined(URL, DeclineReason.BUDGET, asking(AMOUNT.toString())),
				new PaymentEvent.LowFunds(USDC, AMOUNT), new PaymentEvent.Renewed(USDC, AMOUNT, 7));
	}

	@ParameterizedTest
	@MethodSource("eventsOfAmounts")
	void textsShowWholeTokensWithTheirSymbol(PaymentEvent event) {
		assertThat(event.toString()).contains("0.12 USDC").doesNotContain(AMOUNT.toString());
	}

	@Test
	void whatCannotBeReadIsShownAsItIs() {
		assertThat(new PaymentEvent.Declined(URL, DeclineReason.PRICE, asking("a lot"))).asString()
			.contains("asked=a lot of " + USDC.id());
		assertThat(new PaymentEvent.Declined(URL, DeclineReason.UNREADABLE, null)).asString().contains("asked=unknown");
		assertThat(new PaymentReceipt(true, "stellar:testnet", "ab12", null, null, Map.of()).describe(USDC))
			.contains("amount=unknown");
	}

	private static PaymentRequirements asking(String amount) {
		return new PaymentRequirements("session", "stellar:testnet", amount, USDC.id(), "GSHOP", 60, Map.of());
	}

}
