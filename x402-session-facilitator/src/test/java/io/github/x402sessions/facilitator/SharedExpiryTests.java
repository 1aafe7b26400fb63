package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An approve gives all sessions of its allowance one end.
 */
class SharedExpiryTests {

	/** Ledgers, of which there are ten a second: a minute, on a machine that is busy. */
	private static final long SOON = 600;

	private static final long LATER = 6_000;

	private static FacilitatorEnvironment environment;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void quoteForAShortSessionLeavesALongOneItsTime() {
		Payer payer = environment.payer();
		long last = environment.devnet.latestLedger() + LATER;
		String first = register(payer.approved(1_000_000, last));
		long asked = environment.devnet.latestLedger() + SOON;
		Reply quote = quote(payer, asked);
		assertThat(quote.status()).as("%s", quote.body()).isEqualTo(200);
		assertThat(quote.body().get("expirationLedger").asLong()).isEqualTo(last);
		assertThat(quote.body().get("askedExpirationLedger").asLong()).isEqualTo(asked);
		assertThat(quote.text("proofMessage")).contains(":" + last + ":");
		assertThat(lastLedger(first)).isEqualTo(last);
	}

	@Test
	void quoteForALongSessionSaysNothingOfIt() {
		Payer payer = environment.payer();
		register(payer.approved(1_000_000, environment.devnet.latestLedger() + SOON));
		long asked = environment.devnet.latestLedger() + LATER;
		Reply quote = quote(payer, asked);
		assertThat(quote.body().get("expirationLedger").asLong()).isEqualTo(asked);
		assertThat(quote.body().has("askedExpirationLedger")).isFalse();
	}

	@Test
	void registeredApproveThatEndsEarlierShortensTheOthers() {
		Payer payer = environment.payer();
		String first = register(payer.approved(1_000_000, environment.devnet.latestLedger() + LATER));
		long last = environment.devnet.latestLedger() + SOON;
		Map<String, Object> both = payer.approved(2_000_000, last);
		both.put("cap", "1000000");
		register(Proofs.signed(both, payer.key));
		assertThat(lastLedger(first)).isEqualTo(last);
		assertThat(environment.client.settle(Payments.of(environment, first, "100000")).status()).isEqualTo(200);
		assertEnds(first);
	}

	@Test
	void approveThatNobodyRegistersShortensToo() {
		Payer payer = environment.payer();
		String id = register(payer.approved(1_000_000, environment.devnet.latestLedger() + LATER));
		long last = environment.devnet.latestLedger() + SOON;
		payer.approved(1_000_000, last);
		Eventually.isTrue(() -> lastLedger(id) == last);
		payer.approved(1_000_000, environment.devnet.latestLedger() + LATER);
		assertThat(lastLedger(id)).as("for good").isEqualTo(last);
		assertEnds(id);
	}

	private static void assertEnds(String id) {
		environment.closeUntil(lastLedger(id) + 1);
		Eventually.isTrue(() -> "expired".equals(environment.client.get("/sessions/" + id).text("status")));
		assertThat(environment.client.settle(Payments.of(environment, id, "100000")).text("errorReason"))
			.isEqualTo("session_expired");
		assertThat(environment.client.verify(Payments.of(environment, id, "100000")).text("invalidReason"))
			.isEqualTo("session_expired");
	}

	private static long lastLedger(String id) {
		return environment.client.get("/sessions/" + id).body().get("expirationLedger").asLong();
	}

	private static String register(Map<String, Object> claims) {
		Reply reply = environment.client.post("/sessions", claims);
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	private static Reply quote(Payer payer, long expirationLedger) {
		return environment.client.post("/sessions/quote",
				new HashMap<>(Map.of("user", payer.address(), "asset", environment.devnet.usdcContract(), "recipient",
						environment.merchant.getAccountId(), "cap", "1000000", "expirationLedger", expirationLedger,
						"network", "stellar:testnet")));
	}

}
