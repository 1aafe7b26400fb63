package io.github.x402sessions.devnet;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.network.FundingException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Friendbot and faucet on a network whose clock runs, and their Java twins.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FundingTests {

	private final StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ofMillis(50)).start();

	private final RpcClient rpc = new RpcClient(this.devnet.rpcUri());

	@AfterAll
	void stop() {
		this.devnet.close();
	}

	@Test
	void friendbotAnswersWhenTheAccountIsInAClosedLedger() {
		KeyPair key = KeyPair.random();

		HttpResponse<String> response = RpcClient.get(friendbot(key));

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/hal+json");
		JsonNode body = JsonMapper.shared().readTree(response.body());
		assertThat(body.get("successful").asBoolean()).isTrue();
		JsonNode funding = this.rpc.result("getTransaction", Map.of("hash", body.get("hash").asString()));
		assertThat(funding.get("status").asString()).isEqualTo("SUCCESS");
		assertThat(funding.get("envelopeXdr").asString()).isEqualTo(body.get("envelope_xdr").asString());
		assertThat(funding.get("resultXdr").asString()).isEqualTo(Vectors.text("/results/txSUCCESS_createAccount"));
	}

	@Test
	void friendbotRefusesAnAccountThatExists() {
		KeyPair key = KeyPair.random();
		this.devnet.fund(key.getAccountId());

		HttpResponse<String> response = RpcClient
			.send(HttpRequest.newBuilder(friendbot(key)).POST(HttpRequest.BodyPublishers.noBody()).build());

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		JsonNode problem = JsonMapper.shared().readTree(response.body());
		assertThat(problem.get("title").asString()).isEqualTo("Bad Request");
		assertThat(problem.get("detail").asString()).isEqualTo(
				"createAccountAlreadyExist (" + Vectors.text("/results/txFAILED_createAccountAlreadyExist") + ")");
	}

	@Test
	void friendbotReadsAForm() {
		HttpResponse<String> response = RpcClient.send(HttpRequest.newBuilder(this.devnet.friendbotUri())
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("addr=" + KeyPair.random().getAccountId()))
			.build());

		assertThat(response.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?addr=", "?addr=nonsense", "?addr=%zz", "?other=1" })
	void friendbotNeedsAnAddress(String query) {
		HttpResponse<String> response = RpcClient
			.get(this.devnet.friendbotUri().resolve("/friendbot" + encoded(query)));

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(JsonMapper.shared().readTree(response.body()).at("/extras/invalid_field").asString())
			.isEqualTo("addr");
	}

	@Test
	void manyAccountsOpenInOneLedger() {
		List<CompletableFuture<Integer>> answers = Stream.generate(KeyPair::random)
			.limit(8)
			.map((key) -> CompletableFuture.supplyAsync(() -> RpcClient.get(friendbot(key)).statusCode()))
			.toList();

		assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(200).hasSize(8);
	}

	@Test
	void faucetOpensTheTrustlineAndPays() {
		KeyPair key = KeyPair.random();
		this.devnet.fund(key.getAccountId());

		JsonNode first = JsonMapper.shared().readTree(RpcClient.get(faucet(key, "")).body());
		JsonNode second = JsonMapper.shared().readTree(RpcClient.get(faucet(key, "&amount=0.5")).body());

		assertThat(first.get("successful").asBoolean()).isTrue();
		assertThat(first.get("address").asString()).isEqualTo(key.getAccountId());
		assertThat(first.get("asset").asString()).isEqualTo(this.devnet.usdcContract());
		assertThat(new BigDecimal(first.get("amount").asString())).isEqualByComparingTo("100");
		assertThat(new BigDecimal(second.get("balance").asString())).isEqualByComparingTo("100.5");
		assertThat(this.devnet.usdcBalance(key.getAccountId())).isEqualTo(1_005_000_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "1e3", "0.00000001", "99999999999999", "abc", "" })
	void faucetRefusesAnAmountThatIsNone(String amount) {
		KeyPair key = KeyPair.random();
		this.devnet.fund(key.getAccountId());

		HttpResponse<String> response = RpcClient.get(faucet(key, "&amount=" + amount));

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(JsonMapper.shared().readTree(response.body()).get("detail").asString()).startsWith("amount must");
	}

	@Test
	void faucetRefusesWhoCannotHold() {
		assertThat(RpcClient.get(faucet(KeyPair.random(), "")).body()).contains("does not exist");
		assertThat(RpcClient.get(URI.create(this.devnet.faucetUri() + "?addr=x")).statusCode()).isEqualTo(400);
		assertThat(RpcClient
			.get(URI.create(this.devnet.faucetUri() + "?addr=GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5"))
			.body()).contains("issues USDC itself");
	}

	@Test
	void bothGiveUpWhenNoLedgerCloses() throws IOException {
		try (ManualNetwork manual = new ManualNetwork(StellarDevnet.builder().fundingTimeout(Duration.ofMillis(20)))) {
			KeyPair key = manual.account();

			assertThat(RpcClient.get(URI.create(manual.devnet.friendbotUri() + "?addr=" + key.getAccountId()))
				.statusCode()).isEqualTo(504);
			assertThat(
					RpcClient.get(URI.create(manual.devnet.faucetUri() + "?addr=" + key.getAccountId())).statusCode())
				.isEqualTo(504);
			manual.devnet.closeLedger();
			assertThat(manual.usdc(key)).as("what was given up is not done later").isZero();
		}
	}

	@Test
	void javaCallsCheckTheirArguments() {
		String stranger = KeyPair.random().getAccountId();

		assertThatIllegalArgumentException().isThrownBy(() -> this.devnet.fund("nobody"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.devnet.usdcBalance("nobody"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.devnet.faucet(stranger, new BigDecimal("0.00000001")));
		assertThatExceptionOfType(FundingException.class)
			.isThrownBy(() -> this.devnet.faucet(stranger, BigDecimal.ONE));
		assertThat(this.devnet.usdcBalance(stranger)).isZero();
	}

	private URI friendbot(KeyPair key) {
		return URI.create(this.devnet.friendbotUri() + "?addr=" + key.getAccountId());
	}

	private URI faucet(KeyPair key, String more) {
		return URI.create(this.devnet.faucetUri() + "?addr=" + key.getAccountId() + more);
	}

	private static String encoded(String query) {
		return query.replace("%zz", "%25zz");
	}

}
