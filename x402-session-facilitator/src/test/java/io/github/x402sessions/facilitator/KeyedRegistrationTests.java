package io.github.x402sessions.facilitator;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.StrKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session's key is the payer's choice, made once.
 */
class KeyedRegistrationTests {

	private static FacilitatorEnvironment environment;

	private final String key = SessionHolder.newPublicKey();

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@Test
	void keyIsQuotedSignedForAndEchoed() {
		Payer payer = environment.payer();
		Map<String, Object> wanted = SessionHolder.keyed(payer.claims("", 1_000_000, 0), this.key);
		wanted.keySet().removeAll(List.of("approvalTxHash", "expirationLedger"));
		wanted.put("expiresIn", 3_600);
		Reply quote = environment.client.post("/sessions/quote", wanted);
		assertThat(quote.text("proofMessage")).startsWith("x402-session:v2:stellar:testnet:")
			.endsWith(":" + quote.text("hash") + ":" + this.key);

		Map<String, Object> claims = Proofs.signed(SessionHolder.keyed(payer.approved(1_000_000), this.key), payer.key);
		Reply registered = register(201, claims);
		assertThat(registered.text("sessionKey")).isEqualTo(this.key);
		assertThat(register(200, claims).text("sessionId")).isEqualTo(registered.text("sessionId"));
		assertThat(environment.client.get("/supported").text("kinds/0/extra/sessionKeys")).isEqualTo("true");
		assertThat(environment.client.get("/supported").text("kinds/0/extra/sessionKeyRequired")).isNull();
		assertThat(environment.client.get("/supported").text("kinds/1/extra/sessionKeys")).as("version 1").isNull();
	}

	@Test
	void keyTakesTheUsersSignature() {
		Payer payer = environment.payer();
		Map<String, Object> plain = payer.approved(1_000_000);
		Map<String, Object> keyed = SessionHolder.keyed(plain, this.key);
		assertThat(register(400, keyed).text("error")).as("a listed recipient")
			.startsWith("'sessionKey' takes a 'proof'");
		assertThat(register(400, withProofOf(Proofs.signed(plain, payer.key), keyed)).text("error"))
			.as("downgraded to the old text")
			.startsWith("'proof' is not");
		assertThat(register(400,
				withProofOf(Proofs.signed(SessionHolder.keyed(plain, SessionHolder.newPublicKey()), payer.key), keyed))
			.text("error")).as("another key").startsWith("'proof' is not");
		assertThat(register(400, withProofOf(Proofs.signed(keyed, payer.key), plain)).text("error")).as("key stripped")
			.startsWith("'proof' is not");
	}

	@Test
	void keyIsFixedWithTheApprove() {
		Payer payer = environment.payer();
		Map<String, Object> plain = payer.approved(1_000_000);
		register(201, Proofs.signed(SessionHolder.keyed(plain, this.key), payer.key));
		for (Map<String, Object> other : List.of(plain, Proofs.signed(plain, payer.key),
				Proofs.signed(SessionHolder.keyed(plain, SessionHolder.newPublicKey()), payer.key))) {
			assertThat(register(409, other).text("error")).contains("another 'sessionKey'");
		}
		Map<String, Object> unkeyed = payer.approved(2_000_000);
		register(201, Proofs.signed(unkeyed, payer.key));
		assertThat(register(409, Proofs.signed(SessionHolder.keyed(unkeyed, this.key), payer.key)).text("error"))
			.contains("another 'sessionKey', or none");
	}

	/** Whoever reads the ledger may have been first. */
	@Test
	void keyedSessionTakesThePlaceOfOneThatNobodySignedFor() {
		Payer payer = environment.payer();
		Map<String, Object> plain = payer.approved(1_000_000);
		String stolen = register(201, plain).text("sessionId");
		assertThat(environment.client.settle(Payments.of(environment, stolen, "1000")).status()).isEqualTo(200);
		Reply keyed = register(201, Proofs.signed(SessionHolder.keyed(plain, this.key), payer.key));
		assertThat(keyed.text("spent")).isEqualTo("1000");
		assertThat(environment.client.settle(Payments.of(environment, stolen, "1000")).text("errorReason"))
			.isEqualTo("session_not_found");
		assertThat(environment.client.settle(Payments.of(environment, keyed.text("sessionId"), "1000"))
			.text("errorReason")).isEqualTo("signature_required");
	}

	@Test
	void keyThatIsNoneIsRefused() {
		Payer payer = environment.payer();
		Map<String, Object> plain = payer.approved(1_000_000);
		byte[] small = new byte[32];
		small[0] = 1;
		byte[] long255 = new byte[32];
		Arrays.fill(long255, (byte) 0xff);
		long255[31] = 0x7f;
		Map<String, String> keys = new LinkedHashMap<>();
		keys.put("", "is no usable");
		keys.put("!", "is no usable");
		keys.put(this.key.substring(1), "is no usable");
		keys.put(base64(small), "small order");
		keys.put(base64(long255), "shortest form");
		keys.put(this.key + "=", "without padding");
		keys.put(base64(StrKey.decodeEd25519PublicKey(payer.address())), "the user's own key");
		keys.forEach((key, why) -> {
			Map<String, Object> claims = Proofs.signed(SessionHolder.keyed(plain, key), payer.key);
			assertThat(register(400, claims).text("error")).as(key).startsWith("'sessionKey'").contains(why);
		});
	}

	@Test
	void operatorMayRequireKeys() {
		try (FacilitatorEnvironment strict = FacilitatorEnvironment.open()) {
			Payer early = strict.payer();
			Map<String, Object> earlier = Proofs.signed(early.approved(1_000_000), early.key);
			String before = strict.client.post("/sessions", earlier).text("sessionId");
			strict.stop();
			strict.start(Map.of("facilitator.sessions.require-key", "true"));
			assertThat(strict.client.get("/supported").text("kinds/0/extra/sessionKeyRequired")).isEqualTo("true");
			assertThat(strict.client.get("/supported").text("kinds/0/extra/sessionKeys")).isEqualTo("true");
			Payer payer = strict.payer();
			Map<String, Object> claims = Proofs.signed(payer.approved(1_000_000), payer.key);
			Reply refused = strict.client.post("/sessions", claims);
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.text("error")).startsWith("'sessionKey' is missing");
			Map<String, Object> wanted = new HashMap<>(claims);
			assertThat(strict.client.post("/sessions/quote", wanted).text("error"))
				.startsWith("'sessionKey' is missing");
			assertThat(strict.client.settle(Payments.of(strict, before, "1000")).status()).as("what there is goes on")
				.isEqualTo(200);
			Reply again = strict.client.post("/sessions", earlier);
			assertThat(again.status()).as("%s", again.body()).isEqualTo(200);
			assertThat(again.text("sessionId")).as("whose registration is repeated").isEqualTo(before);
			Reply settled = SessionHolder.of(strict, 1_000_000).call("pay_0123456789abcdef", "1000").settle();
			assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		}
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static Map<String, Object> withProofOf(Map<String, Object> signed, Map<String, Object> claims) {
		Map<String, Object> changed = new HashMap<>(claims);
		changed.put("proof", signed.get("proof"));
		return changed;
	}

	private static Reply register(int status, Map<String, Object> claims) {
		Reply reply = environment.client.post("/sessions", claims);
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
		return reply;
	}

}
