package io.github.x402sessions.samples.agent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.devnet.StellarDevnet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code --scheme}: payments that are signed for on a real ledger, for a server that
 * takes them at their word. That they settle is seen with servers of others, in
 * {@code x402-session-client/peers/run}.
 */
class ExactPaymentTests {

	private static StellarDevnet devnet;

	private final WireMockServer shop = new WireMockServer(wireMockConfig().dynamicPort());

	private final String recipient = SessionSigner.random().accountId();

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@BeforeAll
	static void startLedger() {
		devnet = StellarDevnet.builder().ledgerInterval(Duration.ofMillis(200)).start();
	}

	@AfterAll
	static void stopLedger() {
		devnet.close();
	}

	@BeforeEach
	void start() {
		this.shop.start();
		devnet.fund(this.recipient);
		devnet.faucet(this.recipient, BigDecimal.ZERO);
	}

	@AfterEach
	void stop() {
		this.shop.stop();
	}

	@Test
	void eachCallIsSignedForUntilTheCapIsReached() {
		selling("session", "exact");
		assertThat(run("--scheme", "exact", "--calls", "3", "--cap", "0.02")).isEqualTo(1);
		assertThat(this.out.toString()).containsSubsequence("account   G", "price     0.01 USDC a call, to ",
				"scheme    exact: a signature for each call, no session", "call 1/3  200 paid 0.01 USDC by hash",
				"goods", "call 2/3  200 paid 0.01 USDC by hash", "call 3/3  402 not paid: declined because of",
				"paid 2 of 3 calls, spent 0.02 USDC, 0 USDC left");
		List<PaymentPayload> payments = payments();
		assertThat(payments).hasSize(2).allSatisfy((payment) -> {
			assertThat(payment.accepted().scheme()).isEqualTo("exact");
			assertThat(payment.payload()).containsOnlyKeys("transaction");
		});
		assertThat(payments.get(0).payload()).isNotEqualTo(payments.get(1).payload());
	}

	@Test
	void withoutTheOptionItIsHowAServerIsPaidThatTakesBoth() {
		selling("session", "exact");
		assertThat(run("--calls", "1", "--json")).isZero();
		assertThat(this.out.toString()).contains("{\"calls\":1,\"paid\":1,\"spent\":\"0.01\",\"remaining\":\"0.99\"}");
		assertThat(payments()).hasSize(1);
	}

	@Test
	void aServerThatTakesItOnlyIsNotPaidFromASessionNorTheOtherWayRound() {
		selling("exact");
		assertThat(run("--scheme", "session")).isEqualTo(3);
		assertThat(this.err.toString()).contains("the server takes no sessions");
		selling("session");
		assertThat(run("--scheme", "exact")).isEqualTo(3);
		assertThat(this.err.toString()).contains("the server takes no payments by exact");
		assertThat(payments()).isEmpty();
	}

	@Test
	void wrongOptionsAreFoundBeforeAnythingIsSigned() {
		selling("exact");
		assertThat(run("--scheme", "cash")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--scheme", "must be session, exact or auto");
		assertThat(run("--cap", "0.001")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--cap", "a single call costs 0.01 USDC");
		assertThat(run("--recipient", SessionSigner.random().accountId())).isEqualTo(2);
		assertThat(this.err.toString()).contains("the server wants the money to go to " + this.recipient);
		assertThat(payments()).isEmpty();
	}

	private void selling(String... schemes) {
		String asset = Asset.usdc(Network.STELLAR_TESTNET).id();
		List<PaymentRequirements> accepts = Stream.of(schemes)
			.map((scheme) -> new PaymentRequirements(scheme, "stellar:testnet", "100000", asset, this.recipient, 60,
					Map.of("areFeesSponsored", true)))
			.toList();
		this.shop.resetMappings();
		this.shop.stubFor(get("/quote").withHeader(PaymentHeader.SIGNATURE, absent())
			.willReturn(aResponse().withStatus(402)
				.withHeader(PaymentHeader.REQUIRED,
						PaymentHeader.encode(PaymentRequired.of(null, new ResourceInfo(url(), null, null), accepts)))));
		this.shop.stubFor(get("/quote").withHeader(PaymentHeader.SIGNATURE, matching(".+"))
			.willReturn(ok("goods").withHeader(PaymentHeader.RESPONSE, PaymentHeader
				.encode(new SettleResponse(true, null, null, null, "hash", "stellar:testnet", null, null)))));
	}

	private List<PaymentPayload> payments() {
		return this.shop
			.findAll(getRequestedFor(urlEqualTo("/quote")).withHeader(PaymentHeader.SIGNATURE, matching(".+")))
			.stream()
			.map((request) -> PaymentHeader.decode(request.getHeader(PaymentHeader.SIGNATURE), PaymentPayload.class,
					65536))
			.toList();
	}

	private String url() {
		return this.shop.baseUrl() + "/quote";
	}

	private int run(String... options) {
		List<String> args = new ArrayList<>(List.of("--url", url(), "--rpc", devnet.rpcUri().toString()));
		args.addAll(List.of(options));
		return Commands.of()
			.setOut(new PrintWriter(this.out))
			.setErr(new PrintWriter(this.err))
			.execute(args.toArray(String[]::new));
	}

}
