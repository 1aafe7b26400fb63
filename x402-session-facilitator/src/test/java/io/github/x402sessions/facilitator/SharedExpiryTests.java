package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An approve gives all sessions of its allowance one end.
 */
class SharedExpiryTests {

	private static Town town;

	@BeforeAll
	static void open() {
		town = Town.open();
	}

	@AfterAll
	static void close() {
		town.close();
	}

	@Test
	void quoteForAShortSessionLeavesALongOneItsTime() {
		Payer payer = town.payer();
		long last = town.devnet.latestLedger() + 500;
		String first = register(payer.approved(1_000_000, last));
		long asked = town.devnet.latestLedger() + 50;
		Reply quote = quote(payer, asked);
		assertThat(quote.status()).as("%s", quote.body()).isEqualTo(200);
		assertThat(quote.body().get("expirationLedger").asLong()).isEqualTo(last);
		assertThat(quote.body().get("askedExpirationLedger").asLong()).isEqualTo(asked);
		assertThat(quote.text("proofMessage")).contains(":" + last + ":");
		assertThat(lastLedger(first)).isEqualTo(last);
	}

	@Test
	void quoteForALongSessionSaysNothingOfIt() {
		Payer payer = town.payer();
		register(payer.approved(1_000_000, town.devnet.latestLedger() + 50));
		long asked = town.devnet.latestLedger() + 500;
		Reply quote = quote(payer, asked);
		assertThat(quote.body().get("expirationLedger").asLong()).isEqualTo(asked);
		assertThat(quote.body().has("askedExpirationLedger")).isFalse();
	}

	@Test
	void registeredApproveThatEndsEarlierShortensTheOthers() {
		Payer payer = town.payer();
		String first = register(payer.approved(1_000_000, town.devnet.latestLedger() + 500));
		long last = town.devnet.latestLedger() + 60;
		Map<String, Object> both = payer.approved(2_000_000, last);
		both.put("cap", "1000000");
		register(Proofs.signed(both, payer.key));
		assertThat(lastLedger(first)).isEqualTo(last);
		assertThat(town.client.settle(Payments.of(town, first, "100000")).status()).isEqualTo(200);
		assertEnds(first);
	}

	@Test
	void approveThatNobodyRegistersShortensToo() {
		Payer payer = town.payer();
		String id = register(payer.approved(1_000_000, town.devnet.latestLedger() + 500));
		long last = town.devnet.latestLedger() + 60;
		payer.approved(1_000_000, last);
		Eventually.isTrue(() -> lastLedger(id) == last);
		payer.approved(1_000_000, town.devnet.latestLedger() + 500);
		assertThat(lastLedger(id)).as("for good").isEqualTo(last);
		assertEnds(id);
	}

	private static void assertEnds(String id) {
		town.closeUntil(lastLedger(id) + 1);
		Eventually.isTrue(() -> "expired".equals(town.client.get("/sessions/" + id).text("status")));
		assertThat(town.client.settle(Payments.of(town, id, "100000")).text("errorReason"))
			.isEqualTo("session_expired");
		assertThat(town.client.verify(Payments.of(town, id, "100000")).text("invalidReason"))
			.isEqualTo("session_expired");
	}

	private static long lastLedger(String id) {
		return town.client.get("/sessions/" + id).body().get("expirationLedger").asLong();
	}

	private static String register(Map<String, Object> claims) {
		Reply reply = town.client.post("/sessions", claims);
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	private static Reply quote(Payer payer, long expirationLedger) {
		return town.client.post("/sessions/quote",
				new HashMap<>(Map.of("user", payer.address(), "asset", town.devnet.usdcContract(), "recipient",
						town.merchant.getAccountId(), "cap", "1000000", "expirationLedger", expirationLedger, "network",
						"stellar:testnet")));
	}

}
