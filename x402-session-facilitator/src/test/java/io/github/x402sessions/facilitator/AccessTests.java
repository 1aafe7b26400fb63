package io.github.x402sessions.facilitator;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.StartCheck;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.PriceList;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.CapturedLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is answered, and how often.
 */
class AccessTests {

	private static final String KEY = "k_2f6d8c1e0b7a49358d1c";

	@Test
	void closedFacilitatorServesKnownServersAndEachOnlyItself() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			environment.stop();
			environment.start(closed(environment));
			String id = environment.payer().session(1_000_000);
			Map<String, Object> payment = Payments.of(environment, id, "100000");
			for (String path : new String[] { "/verify", "/settle" }) {
				Reply nobody = environment.client.post(path, payment);
				assertThat(nobody.status()).isEqualTo(401);
				assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Bearer");
				assertThat(nobody.text("error")).isNotBlank();
				for (String wrong : new String[] { "Bearer wrong", "Basic " + KEY, "Bearer", KEY, "Bearer " }) {
					assertThat(environment.client.with(wrong).post(path, payment).status()).as(wrong).isEqualTo(401);
				}
				Map<String, Object> other = Payments.of(environment, id,
						Map.of("payTo", environment.otherMerchant.getAccountId()));
				Reply forbidden = environment.client.with("Bearer " + KEY).post(path, other);
				assertThat(forbidden.status()).isEqualTo(403);
				assertThat(forbidden.body().toString()).doesNotContain(KEY);
			}
			assertThat(environment.client.with("Bearer " + KEY).verify(payment).body().get("isValid").asBoolean())
				.isTrue();
			assertThat(environment.client.with("bearer " + KEY).settle(payment).status()).isEqualTo(200);
			assertThat(environment.client.get("/supported").status()).isEqualTo(200);
		}
	}

	/** Before the first buyer does. */
	@Test
	void aServerLearnsAtItsStartWhetherItIsKnown() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open();
				CapturedLog log = CapturedLog.of("io.github.x402sessions.core", Level.INFO)) {
			environment.stop();
			environment.start(closed(environment));
			String merchant = environment.merchant.getAccountId();
			assertThat(told(environment, log, "Bearer " + KEY, merchant)).endsWith("takes the only route");
			assertThat(told(environment, log, null, merchant)).contains("status 401",
					"Set x402.facilitator.authorization");
			assertThat(told(environment, log, "Bearer wrong", merchant)).contains("status 401").doesNotContain("wrong");
			assertThat(told(environment, log, "Bearer " + KEY, environment.otherMerchant.getAccountId()))
				.contains("status 403", "whom it pays");
		}
	}

	private static String told(FacilitatorEnvironment environment, CapturedLog log, @Nullable String authorization,
			String payTo) {
		FacilitatorOptions options = FacilitatorOptions.of(environment.server().url()).withAuthorization(authorization);
		CommonTerms terms = CommonTerms.of("session", "stellar:testnet", null, null, payTo);
		PriceList prices = new PriceList() {

			@Override
			public Collection<PricedRoute> routes() {
				return List.of(terms.route("/quote", "0.01", null, null));
			}

		};
		try (RefreshingFacilitator facilitator = RefreshingFacilitator.create(FacilitatorEndpoint.of(options),
				RefreshOptions.defaults())) {
			facilitator.whenTold(StartCheck.of(facilitator, facilitator, () -> List.of(prices)));
			facilitator.begin();
			return log.next();
		}
	}

	@Test
	void closedFacilitatorRegistersNothingThatNobodyCouldSettle() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			environment.stop();
			environment.start(closed(environment));
			Payer payer = environment.payer();
			Map<String, Object> claims = new HashMap<>(payer.approved(1_000_000));
			claims.put("recipient", environment.seller().getAccountId());
			Reply refused = environment.client.post("/sessions", Proofs.signed(claims, payer.key));
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.text("error")).isEqualTo("'recipient' is not served by this facilitator");
		}
	}

	@Test
	void keyIsBoundToItsRecipientsInAnOpenFacilitatorToo() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			environment.stop();
			Map<String, String> open = closed(environment);
			open.put("facilitator.access.mode", "open");
			environment.start(open);
			String id = environment.payer().session(1_000_000);
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
			Map<String, Object> other = Payments.of(environment, id,
					Map.of("payTo", environment.otherMerchant.getAccountId()));
			assertThat(environment.client.with("Bearer " + KEY).verify(other).status()).isEqualTo(403);
			assertThat(environment.client.with("Bearer wrong").verify(other).status()).isEqualTo(401);
		}
	}

	@Test
	void addressThatRegistersTooOftenHasToWait() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(Map
			.of("facilitator.access.registrations-per-minute", "2", "facilitator.access.requests-per-minute", "3"))) {
			assertThat(environment.client.post("/sessions", Map.of()).status()).isEqualTo(400);
			assertThat(environment.client.post("/sessions/quote", Map.of()).status()).isEqualTo(400);
			for (String path : new String[] { "/sessions", "/sessions/quote" }) {
				Reply limited = environment.client.post(path, Map.of());
				assertThat(limited.status()).isEqualTo(429);
				assertThat(limited.text("error")).isEqualTo("rate_limited");
				assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 60);
			}
			for (int i = 0; i < 3; i++) {
				assertThat(environment.client.post("/verify", Map.of()).status()).isEqualTo(400);
			}
			assertThat(environment.client.post("/verify", Map.of()).status()).isEqualTo(429);
			assertThat(environment.client.get("/sessions/x").status()).isEqualTo(429);
			assertThat(environment.client.get("/health").status()).isEqualTo(200);
		}
	}

	@Test
	void sessionThatPaysTooOftenHasToWait() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.calls-per-minute", "2"))) {
			String id = environment.payer().session(1_000_000);
			for (int i = 0; i < 2; i++) {
				assertThat(environment.client.settle(Payments.of(environment, id, "1000")).status()).isEqualTo(200);
			}
			assertThat(environment.client.verify(Payments.of(environment, id, "1000")).text("invalidReason"))
				.isEqualTo("rate_limited");
			Reply limited = environment.client.settle(Payments.of(environment, id, "1000"));
			assertThat(limited.status()).isEqualTo(400);
			assertThat(limited.text("errorReason")).isEqualTo("rate_limited");
			assertThat(environment.client.get("/sessions/" + id).text("spent")).isEqualTo("2000");
			assertThat(environment.client.settle(Payments.of(environment, environment.payer().session(1_000), "1000"))
				.status()).as("another session's").isEqualTo(200);
		}
	}

	@Test
	void pagesOfListedOriginsMayRegisterAndNoPageMaySettle() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.access.cors-origins", "https://shop.example"))) {
			assertThat(environment.client.post("/sessions", Map.of()).header("Access-Control-Allow-Origin"))
				.isEqualTo("https://shop.example");
			Reply other = environment.client.from("https://evil.example").post("/sessions", Map.of());
			assertThat(other.status()).isEqualTo(403);
			assertThat(other.header("Access-Control-Allow-Origin")).isNull();
			assertThat(environment.client.post("/settle", Map.of()).header("Access-Control-Allow-Origin")).isNull();
		}
	}

	@Test
	void longBodyAndDustAreRefusedByTheOperatorsLimits() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.access.max-request-size", "8KB", "facilitator.min-per-call", "0.01"))) {
			Reply longBody = environment.client.postText("/sessions/quote", "{\"a\":\"" + "x".repeat(9_000) + "\"}");
			assertThat(longBody.status()).isEqualTo(400);
			assertThat(longBody.text("error")).contains("8192");
			String id = environment.payer().session(1_000_000);
			Reply dust = environment.client.settle(Payments.of(environment, id, "99999"));
			assertThat(dust.text("errorReason")).isEqualTo("invalid_amount");
			assertThat(dust.text("errorMessage")).contains("at least 100000");
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
		}
	}

	private static Map<String, String> closed(FacilitatorEnvironment environment) {
		Map<String, String> properties = new HashMap<>();
		properties.put("facilitator.access.mode", "closed");
		properties.put("facilitator.access.keys[0].name", "shop");
		properties.put("facilitator.access.keys[0].hash", Sha256.hex(KEY));
		properties.put("facilitator.access.keys[0].recipients",
				environment.merchant.getAccountId() + "," + KeyPair.random().getAccountId());
		return properties;
	}

}
