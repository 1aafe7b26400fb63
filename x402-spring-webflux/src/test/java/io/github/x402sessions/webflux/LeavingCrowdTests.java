package io.github.x402sessions.webflux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.PaidContainer;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More clients than there are threads that end exchanges, which go while their payments
 * are being settled.
 */
class LeavingCrowdTests {

	private static final int CLIENTS = 70;

	@Test
	void nobodyWaitsForTheSettlementsOfThoseWhoWent() throws Exception {
		ImpatientShop.reset();
		ScriptedFacilitator facilitator = new ScriptedFacilitator();
		CountDownLatch gate = new CountDownLatch(1);
		facilitator.gate = gate;
		try (FluxShop shop = new FluxShop(facilitator, ImpatientShop.class);
				ImpatientClients clients = new ImpatientClients()) {
			for (int i = 0; i < CLIENTS; i++) {
				clients.send(shop, "/sold", PaidContainer.payment());
			}
			Eventually.holds(() -> assertThat(facilitator.settled).hasValue(CLIENTS));
			clients.goAll();
			facilitator.gate = new CountDownLatch(0);
			CompletableFuture<String> paid = CompletableFuture.supplyAsync(() -> buy(shop));
			assertThat(paid.get(20, TimeUnit.SECONDS)).contains("200 OK").endsWith(Handlers.GOODS);
			Eventually.holds(() -> assertThat(ImpatientShop.concluded).hasPositiveValue());
		}
		finally {
			gate.countDown();
		}
	}

	/** To the end of the connection, which comes after that of the exchange. */
	private static String buy(FluxShop shop) {
		try {
			return shop.raw("GET", "/sold",
					PaymentHeader.SIGNATURE + ": " + PaidContainer.payment(PaymentIdentifier.random()) + "\r\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
