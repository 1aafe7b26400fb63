package io.github.x402sessions.facilitator;

import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Its owner ends a session, by its id or by a signature.
 */
class ClosingTests {

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
	void bearerClosesTheSessionForGood() {
		Payer payer = environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		String id = environment.client.post("/sessions", claims).text("sessionId");
		assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
		for (int i = 0; i < 2; i++) {
			Reply closed = environment.client.delete("/sessions/" + id);
			assertThat(closed.status()).as("%s", closed.body()).isEqualTo(200);
			assertThat(closed.text("status")).isEqualTo("closed");
			assertThat(closed.text("spent")).isEqualTo("100000");
		}
		assertThat(environment.client.get("/sessions/" + id).text("status")).isEqualTo("closed");
		Reply invalid = environment.client.verify(Payments.of(environment, id, "1"));
		assertThat(invalid.text("invalidReason")).isEqualTo("session_superseded");
		assertThat(invalid.text("invalidMessage")).isEqualTo("its owner has closed the session");
		assertThat(environment.client.settle(Payments.of(environment, id, "1")).text("errorReason"))
			.isEqualTo("session_superseded");
	}

	@Test
	void closedSessionIsNotQuotedForAndMakesRoomForOthers() {
		Payer payer = environment.payer();
		String id = payer.session(1_000_000);
		environment.client.delete("/sessions/" + id);
		Reply quote = environment.client.post("/sessions/quote",
				Map.of("user", payer.address(), "asset", environment.devnet.usdcContract(), "recipient",
						environment.merchant.getAccountId(), "cap", "400000", "expiresIn", 3_600, "network",
						"stellar:testnet"));
		assertThat(quote.text("allowance")).isEqualTo("400000");
		assertThat(environment.client.post("/sessions", payer.approved(400_000)).status()).isEqualTo(201);
		assertThat(environment.client.get("/sessions/" + id).text("status")).as("the first reason stays")
			.isEqualTo("closed");
	}

	@Test
	void ownerClosesASessionWhoseIdIsLostByASignature() {
		Payer payer = environment.payer();
		Map<String, Object> claims = payer.approved(1_000_000);
		String id = environment.client.post("/sessions", Proofs.signed(claims, payer.key)).text("sessionId");
		String approval = claims.get("approvalTxHash").toString();
		String path = "/sessions/" + approval;
		String text = text(claims);
		assertThat(environment.client.delete(path, Map.of("proof", Proofs.of(text, KeyPair.random()))).status())
			.isEqualTo(400);
		assertThat(environment.client.delete(path, Map.of("proof", Proofs.of(text + "0", payer.key))).status())
			.isEqualTo(400);
		assertThat(environment.client.delete(path, Map.of("proof", "?")).status()).isEqualTo(400);
		assertThat(environment.client.delete(path, Map.of()).text("error")).isEqualTo("'proof' is missing");
		assertThat(environment.client.get("/sessions/" + id).text("status")).isEqualTo("active");
		Map<String, Object> proof = Map.of("proof", Proofs.of(text, payer.key));
		for (String hash : new String[] { approval, approval.toUpperCase() }) {
			Reply closed = environment.client.delete("/sessions/" + hash, proof);
			assertThat(closed.status()).as("%s", closed.body()).isEqualTo(200);
			assertThat(closed.text("status")).isEqualTo("closed");
		}
		assertThat(environment.client.get("/sessions/" + id).text("status")).isEqualTo("closed");
	}

	@Test
	void whatIsNotThereIsNotFound() {
		assertThat(environment.client.delete("/sessions/" + "x".repeat(43)).status()).isEqualTo(404);
		assertThat(environment.client.delete("/sessions/" + "0".repeat(64), Map.of("proof", "AAAA")).status())
			.isEqualTo(404);
		assertThat(environment.client
			.delete("/sessions/" + environment.payer().approved(1).get("approvalTxHash"), Map.of("proof", "AAAA"))
			.status()).isEqualTo(404);
	}

	@Test
	void pagesMayClose() {
		String path = "/sessions/" + environment.payer().session(1_000_000);
		assertThat(environment.client.preflight(path, "DELETE").header("Access-Control-Allow-Methods"))
			.contains("DELETE");
		Reply closed = environment.client.delete(path);
		assertThat(closed.status()).isEqualTo(200);
		assertThat(closed.header("Access-Control-Allow-Origin")).isEqualTo("*");
	}

	private static String text(Map<String, Object> claims) {
		return "x402-session-close:v1:stellar:testnet:" + claims.get("asset") + ":" + claims.get("recipient") + ":"
				+ claims.get("approvalTxHash");
	}

}
