package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From the approve to the merchant's money, over HTTP.
 */
class PaymentJourneyTests {

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
	void payerIsChargedWhatWasAskedAndMerchantGetsIt() {
		Payer payer = environment.payer();
		Reply registered = environment.client.post("/sessions", payer.approved(1_000_000));
		assertThat(registered.status()).isEqualTo(201);
		assertThat(registered.text("user")).isEqualTo(payer.address());
		assertThat(registered.text("spender")).isEqualTo(environment.spender.getAccountId());
		assertThat(registered.text("recipient")).isEqualTo(environment.merchant.getAccountId());
		assertThat(registered.text("cap")).isEqualTo("1000000");
		assertThat(registered.text("spent")).isEqualTo("0");
		String id = registered.text("sessionId");
		assertThat(id).matches("[A-Za-z0-9_-]{43}");

		BigInteger before = environment.usdc(environment.merchant);
		Reply verified = environment.client.verify(Payments.of(environment, id, "250000"));
		assertThat(verified.status()).isEqualTo(200);
		assertThat(verified.body().get("isValid").asBoolean()).isTrue();
		assertThat(verified.text("payer")).isEqualTo(payer.address());
		assertThat(verified.body().at("/extensions/session").propertyNames()).containsExactly("cap", "spent",
				"remaining");
		assertThat(verified.text("extensions/session/remaining")).isEqualTo("1000000");
		assertThat(environment.usdc(environment.merchant)).isEqualTo(before);

		Reply settled = environment.client.settle(Payments.of(environment, id, "250000"));
		assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
		assertThat(settled.body().get("success").asBoolean()).isTrue();
		assertThat(settled.text("transaction")).matches("[0-9a-f]{64}");
		assertThat(settled.text("network")).isEqualTo("stellar:testnet");
		assertThat(settled.text("amount")).isEqualTo("250000");
		assertThat(settled.text("payer")).isEqualTo(payer.address());
		assertThat(settled.text("extensions/session/id")).matches("[0-9a-f]{16}");
		assertThat(settled.body().toString()).doesNotContain(id);
		assertThat(settled.text("extensions/session/cap")).isEqualTo("1000000");
		assertThat(settled.text("extensions/session/spent")).isEqualTo("250000");
		assertThat(settled.text("extensions/session/remaining")).isEqualTo("750000");

		assertThat(environment.usdc(environment.merchant).subtract(before)).isEqualTo(BigInteger.valueOf(250_000));
		assertThat(environment.usdc(payer.key)).isEqualTo(BigInteger.valueOf(1_000_000_000 - 250_000));
		Reply state = environment.client.get("/sessions/" + id);
		assertThat(state.status()).isEqualTo(200);
		assertThat(state.text("status")).isEqualTo("active");
		assertThat(state.text("spent")).isEqualTo("250000");
		assertThat(state.text("remaining")).isEqualTo("750000");
		assertThat(state.body().get("settlements")).hasSize(1);
		assertThat(state.text("settlements/0/amount")).isEqualTo("250000");
		assertThat(state.text("settlements/0/status")).isEqualTo("settled");
		assertThat(state.text("settlements/0/transaction")).isEqualTo(settled.text("transaction"));
		assertThat(state.text("settlements/0/at")).startsWith("20");
	}

	@Test
	void capForFiveAllowsFiveDifferentTransactionsAndThenNothing() {
		String id = environment.payer().session(500_000);
		Set<String> transactions = ConcurrentHashMap.newKeySet();
		for (int call = 0; call < 5; call++) {
			Reply settled = environment.client.settle(Payments.of(environment, id, "100000"));
			assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
			transactions.add(settled.text("transaction"));
		}
		assertThat(transactions).hasSize(5);
		BigInteger before = environment.usdc(environment.merchant);
		assertThat(environment.client.verify(Payments.of(environment, id, "1")).text("invalidReason"))
			.isEqualTo("cap_exceeded");
		Reply refused = environment.client.settle(Payments.of(environment, id, "1"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.text("errorReason")).isEqualTo("cap_exceeded");
		assertThat(environment.usdc(environment.merchant)).isEqualTo(before);
	}

	@Test
	void supportedTellsSchemesVersionsAndTheExtension() {
		Reply supported = environment.client.get("/supported");
		assertThat(supported.status()).isEqualTo(200);
		assertThat(supported.body().get("kinds")).hasSize(3);
		assertThat(supported.text("kinds/0/scheme")).isEqualTo("session");
		assertThat(supported.text("kinds/0/extra/spender")).isEqualTo(environment.spender.getAccountId());
		assertThat(supported.text("kinds/0/extra/facilitatorAddress")).isEqualTo(environment.spender.getAccountId());
		assertThat(supported.text("kinds/0/extra/sessionsEndpoint")).isEqualTo("/sessions");
		assertThat(supported.body().at("/kinds/0/extra/areFeesSponsored").asBoolean()).isTrue();
		assertThat(supported.text("kinds/0/extra/limits/minAmount")).isEqualTo("1");
		assertThat(supported.text("kinds/0/extra/limits/maxAmount")).isEqualTo("10000000");
		assertThat(supported.text("kinds/0/extra/limits/assets/0")).isEqualTo(environment.devnet.usdcContract());
		assertThat(supported.text("kinds/1/extra/spender")).isEqualTo(environment.spender.getAccountId());
		assertThat(supported.body().at("/kinds/1/extra/limits").isMissingNode()).as("servers know them since v2")
			.isTrue();
		assertThat(supported.text("kinds/2/scheme")).isEqualTo("exact");
		assertThat(supported.body().at("/kinds/2/x402Version").asInt()).isEqualTo(2);
		assertThat(supported.body().at("/kinds/2/extra/areFeesSponsored").asBoolean()).isTrue();
		assertThat(supported.text("kinds/2/extra/limits/maxAmount")).isEqualTo("10000000");
		assertThat(supported.body().get("extensions").toString()).isEqualTo("[\"payment-identifier\"]");
		assertThat(supported.body().at("/signers").get("stellar:*").get(0).asString())
			.isEqualTo(environment.spender.getAccountId());
	}

	@Test
	void facilitatorInTheSameProcessNeedsNoHttp() {
		SupportedResponse supported = environment.server().facilitator().supported();
		assertThat(supported.kind("session", "stellar:testnet")).isPresent();
	}

	@Test
	void versionOneIsUnderstood() {
		Payer payer = environment.payer();
		String id = payer.session(1_000_000);
		Map<String, Object> request = Map.of("x402Version", 1, "paymentPayload",
				Map.of("x402Version", 1, "scheme", "session", "network", "stellar:testnet", "payload",
						Map.of("sessionId", id)),
				"paymentRequirements",
				Map.of("scheme", "session", "network", "stellar:testnet", "maxAmountRequired", "100000", "asset",
						environment.devnet.usdcContract(), "payTo", environment.merchant.getAccountId(), "resource",
						"https://x", "description", "", "mimeType", ""));
		assertThat(environment.client.verify(request).body().get("isValid").asBoolean()).isTrue();
		assertThat(environment.client.settle(request).status()).isEqualTo(200);
	}

	@Test
	void healthTellsTheAddress() {
		Reply health = environment.client.get("/health");
		assertThat(health.status()).isEqualTo(200);
		assertThat(health.body().get("ok").asBoolean()).isTrue();
		assertThat(health.text("address")).isEqualTo(environment.spender.getAccountId());
	}

	@Test
	void pagesThatKnowNoNodeAreToldTheLatestLedger() {
		Reply ledger = environment.client.get("/ledger");
		assertThat(ledger.status()).isEqualTo(200);
		assertThat(ledger.text("network")).isEqualTo("stellar:testnet");
		assertThat(ledger.body().get("sequence").asLong()).isPositive()
			.isLessThanOrEqualTo(environment.devnet.latestLedger());
		assertThat(ledger.body().get("secondsPerLedger").asLong()).isEqualTo(5);
		assertThat(environment.client.post("/ledger", Map.of()).status()).isEqualTo(405);
	}

	@Test
	void browserMayReadFromAnyOrigin() {
		Reply supported = environment.client.post("/sessions/quote", Map.of());
		assertThat(supported.header("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(supported.header("Access-Control-Allow-Credentials")).isNull();
	}

	@Test
	void revokedAllowanceIsNotSettledAndSupersedesTheSession() {
		Payer payer = environment.payer();
		String id = payer.session(1_000_000);
		assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
		payer.approved(0, environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME);
		BigInteger before = environment.usdc(environment.merchant);
		Reply refused = environment.client.settle(Payments.of(environment, id, "100000"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.text("errorReason")).isEqualTo("session_superseded");
		assertThat(environment.usdc(environment.merchant)).isEqualTo(before);
		Reply state = environment.client.get("/sessions/" + id);
		assertThat(state.text("status")).isEqualTo("superseded");
		assertThat(state.text("spent")).isEqualTo("100000");
		assertThat(state.text("reserved")).isEqualTo("0");
		assertThat(environment.client.verify(Payments.of(environment, id, "1")).text("invalidReason"))
			.isEqualTo("session_superseded");
	}

	@Test
	void payerWithoutMoneyIsRefusedAndNothingStaysReserved() {
		Payer payer = new Payer(environment, org.stellar.sdk.KeyPair.random());
		environment.devnet.fund(payer.address());
		environment.devnet.faucet(payer.address(), new java.math.BigDecimal("0.001"));
		String id = payer.session(1_000_000);
		Reply refused = environment.client.settle(Payments.of(environment, id, "100000"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.text("errorReason")).isEqualTo("onchain_transfer_failed");
		assertThat(environment.client.get("/sessions/" + id).text("remaining")).isEqualTo("1000000");
	}

}
