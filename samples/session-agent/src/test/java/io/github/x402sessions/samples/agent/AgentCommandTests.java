package io.github.x402sessions.samples.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.devnet.StellarDevnet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentCommand} with a real ledger and a shop that is none.
 */
class AgentCommandTests {

	private static StellarDevnet devnet;

	@TempDir
	private Path directory;

	private final FakeShop shop = new FakeShop();

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@BeforeAll
	static void start() throws IOException {
		devnet = StellarDevnet.builder().port(0).ledgerInterval(Duration.ofMillis(200)).start();
	}

	@AfterAll
	static void stop() {
		devnet.close();
	}

	@AfterEach
	void stopShop() {
		this.shop.close();
	}

	@Test
	void fundsAnAccountOpensASessionAndPaysForEveryCall() {
		this.shop.selling(2);
		assertThat(run("--calls", "2")).isZero();
		assertThat(this.out.toString()).containsSubsequence("account   G", "price     0.01 USDC a call",
				"opening   a session", "approved  ", "session   cap 1 USDC, until ledger",
				"call 1/2  200 paid 0.01 USDC by hash0, 0.04 USDC left", "quote",
				"call 2/2  200 paid 0.01 USDC by hash1", "quote", "paid 2 of 2 calls, spent 0.02 USDC, 0.03 USDC left");
		assertThat(this.out + " " + this.err).doesNotContain(FakeShop.ID);
	}

	@Test
	void aRefusalEndsTheRun() {
		this.shop.selling(1);
		assertThat(run("--calls", "5", "--cap", "0.05")).isEqualTo(1);
		assertThat(this.shop.payments()).isEqualTo(2);
		assertThat(this.out.toString()).doesNotContain("\npay\n")
			.containsSubsequence("call 2/5  402 not paid: cap_exceeded",
					"stopped   after a call that was not paid; --keep-going goes on", "paid 1 of 2 calls");
	}

	@Test
	void printsJsonForProgramsAndGoesOnAfterARefusalIfAsked() {
		this.shop.selling(1);
		assertThat(run("--calls", "3", "--cap", "0.05", "--json", "--keep-going")).isEqualTo(1);
		List<JsonNode> lines = json();
		assertThat(lines).hasSize(4);
		assertThat(lines.get(0).toString())
			.isEqualTo("{\"status\":200,\"transaction\":\"hash0\",\"amount\":\"0.01\",\"body\":\"quote\"}");
		assertThat(lines.get(1)).isEqualTo(lines.get(2));
		assertThat(lines.get(2).toString()).isEqualTo(
				"{\"status\":402,\"transaction\":null,\"amount\":null,\"body\":\"pay\",\"error\":\"cap_exceeded\"}");
		assertThat(lines.get(3).toString())
			.isEqualTo("{\"calls\":3,\"paid\":1,\"spent\":\"0.02\",\"remaining\":\"0.03\"}");
		assertThat(this.err.toString()).contains("account   G", "session   cap 0.05 USDC");
	}

	@Test
	void tellsHowCallsOnCreditWereSettledAndWhatThatSaved() {
		this.shop.sellingOnCredit();
		assertThat(run("--calls", "3", "--cap", "0.05")).isZero();
		assertThat(this.out.toString()).containsSubsequence(
				"call 1/3  200 paid 0.01 USDC by commitment " + FakeShop.commitment(0) + ", 0.04 USDC left",
				"paid 3 of 3 calls, spent 0.03 USDC, 0.02 USDC left",
				"deferred 3 calls: 2 confirmed (transactions: 1, saved: 1), 1 open, 0 released, 0 defaulted, 0 unknown");
	}

	@Test
	void tellsProgramsWhatBecameOfCommitments() {
		this.shop.sellingOnCredit().forgettingIts(0);
		assertThat(run("--calls", "3", "--cap", "0.05", "--json")).isZero();
		assertThat(json().get(1).toString()).isEqualTo("{\"status\":200,\"transaction\":null,\"commitment\":\""
				+ FakeShop.commitment(1) + "\",\"amount\":\"0.01\",\"body\":\"quote\"}");
		assertThat(json().get(3).get("deferred").toString())
			.isEqualTo("{\"calls\":3,\"confirmed\":1,\"transactions\":1,\"saved\":0,\"open\":1,\"released\":0,"
					+ "\"defaulted\":0,\"unknown\":1}");
	}

	@Test
	void tellsWhatMeteredCallsCameTo() {
		this.shop.sellingByTheWord();
		assertThat(run("--calls", "3", "--cap", "0.05")).isZero();
		assertThat(this.out.toString()).containsSubsequence(
				"call 1/3  200 paid at most 0.01 USDC by commitment " + FakeShop.commitment(0),
				"call 3/3  200 paid 0.01 USDC by commitment", "metered  call 1 came to 0.004 USDC",
				"metered  call 2 came to 0 USDC",
				"deferred 3 calls: 0 confirmed (transactions: 0, saved: 0), 2 open, 1 released, 0 defaulted");
	}

	@Test
	void tellsProgramsWhatMeteredCallsCameTo() {
		this.shop.sellingByTheWord();
		assertThat(run("--calls", "1", "--cap", "0.05", "--json")).isZero();
		assertThat(json().get(0).toString()).isEqualTo("{\"status\":200,\"transaction\":null,\"commitment\":\""
				+ FakeShop.commitment(0) + "\",\"amount\":\"0.01\",\"held\":true,\"body\":\"quote\"}");
		assertThat(json().get(1).get("deferred").get("metered").toString())
			.isEqualTo("[{\"number\":1,\"commitment\":\"" + FakeShop.commitment(0) + "\",\"amount\":\"0.004\"}]");
	}

	@Test
	void paysWithAnAccountOfOnesOwn() {
		String secret = "SAAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQC5MY";
		SessionSigner payer = SessionSigner.ofSecret(secret);
		devnet.fund(payer.accountId());
		devnet.faucet(payer.accountId(), BigDecimal.ONE);
		this.shop.selling(1);
		assertThat(run("--calls", "1", "--secret", secret, "--data", "{\"message\":\"hi\"}", "--recipient",
				this.shop.recipient(), "--facilitator", this.shop.facilitatorUrl()))
			.isZero();
		assertThat(this.out.toString()).contains("account   " + payer.accountId()).doesNotContain(secret);
		assertThat(this.shop.bodies()).containsExactly("POST application/json {\"message\":\"hi\"}");
	}

	@Test
	void countsByReceiptsWhereTheFacilitatorIsSilent() {
		this.shop.selling(1).refusing("/sessions/" + FakeShop.ID);
		assertThat(run("--calls", "1", "--method", "PUT", "--data", "hi")).isZero();
		assertThat(this.out.toString()).contains("does not say where the session stands",
				"spent 0.01 USDC, 0.99 USDC left");
		assertThat(this.shop.bodies()).containsExactly("PUT text/plain hi");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "--calls|0|--calls: must be at least 1", "--calls|many|--calls",
			"--cap|0.00000001|--cap: price '0.00000001' has more", "--cap|0|--cap: cap must be greater than 0",
			"--cap|much|--cap: ", "--expires-in|soon|--expires-in", "--expires-in|0s|--expires-in: ",
			"--expires-in|900d|--expires-in: ", "--expires-in|179s|--expires-in: expiresIn must be between 3 minutes",
			"--cap|0.009|--cap: a single call costs",
			"--network|stellar:moon|--network: network 'stellar:moon' is not known", "--asset|USDC|--asset: is not",
			"--network|stellar:pubnet|--network: the server wants money on stellar:testnet",
			"--asset|CCW67TSZV3SSS2HXMBQ5JFGCKJNXKZM7UQUWUZPUTHXSTZLEO7SJMI75|--asset: the server wants CBIELTK",
			"--asset-decimals|6|--asset-decimals: is of use with --asset only",
			"--facilitator|localhost|--facilitator: ", "--rpc|localhost|--rpc: ",
			"--rpc|https://rpc.example|--secret: ", "--secret|SECRET|--secret: not a Stellar secret key",
			"--method|G T|--method", "--data|@/nowhere|--data: there is no file",
			"-H|hidden|--header: is not of the form", "-H|Host: hidden|--header: Host cannot be sent",
			"-H|payment-signature: hidden|--header: paying is", "-o|/nowhere/file|--output: cannot be written",
			"-o|/|--output: cannot be written", "--recipient|GTHIEF|--recipient: the server wants the money to go to" })
	void wrongOptionIsNamed(String option, String value, String message) {
		assertThat(run(option, value)).isEqualTo(2);
		assertThat(this.err.toString()).contains(message).doesNotContain("hidden");
	}

	@Test
	void urlIsRequired() {
		assertThat(execute(List.of())).isEqualTo(2);
		assertThat(this.err.toString()).contains("--url: is needed, or the number of what 'find' has found");
	}

	@Test
	void facilitatorIsNeededWhereTheServerNamesNone() {
		this.shop.answering(this.shop.challenge(null));
		assertThat(run()).isEqualTo(2);
		assertThat(this.err.toString()).contains("--facilitator: is needed");
	}

	@Test
	void serverDoesNotChooseTheNetworkTheAssetOrWhoMaySpend() {
		String usdc = Asset.usdc(Network.STELLAR_TESTNET).id();
		String pubnetUsdc = Asset.usdc(Network.STELLAR_PUBNET).id();
		assertRefused(this.shop.challenge("stellar:pubnet", pubnetUsdc, "100000", this.shop.facilitatorUrl()),
				"--network: the server wants money on stellar:pubnet, not on stellar:testnet");
		assertRefused(this.shop.challenge("stellar:testnet", pubnetUsdc, "100000", this.shop.facilitatorUrl()),
				"--asset: the server wants " + pubnetUsdc + ", not " + usdc);
		assertRefused(this.shop.challenge("stellar:testnet", usdc, "100000", "https://thief.example"),
				"--facilitator: is needed: a facilitator may spend what is approved");
	}

	@Test
	void noCallCostsMoreThanTheOneWhosePriceWasShown() {
		this.shop.selling(2).raisingThePriceTo("10000000");
		assertThat(run("--calls", "2")).isEqualTo(1);
		assertThat(this.out.toString()).contains("price     0.01 USDC a call",
				"call 1/2  402 not paid: it costs 1 USDC now, more than a call may cost");
		assertThat(this.shop.registrations()).isEqualTo(1);
		assertThat(this.shop.payments()).isZero();
	}

	@Test
	void reasonIsShownWhereverTheServerGivesIt() {
		this.shop.selling(1).refusingInTheChallenge("cap_exceeded");
		assertThat(run("--calls", "1")).isEqualTo(1);
		assertThat(this.out.toString()).contains("call 1/1  402 not paid: cap_exceeded")
			.doesNotContain("null", "no reason");
		assertThat(run("--calls", "1", "--json")).isEqualTo(1);
		assertThat(this.out.toString()).contains("\"error\":\"cap_exceeded\"}");
	}

	@Test
	void chargeThatIsNotKnownIsTold() {
		this.shop.paidCallsAnswer(WireMock.status(504));
		assertThat(run("--calls", "3")).isEqualTo(1);
		assertThat(this.out.toString()).contains("call 1/3  504 not paid: it is unknown whether it was paid: ",
				"; 0.01 USDC may have been charged");
		this.shop.paidCallsAnswer(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		assertThat(run("--calls", "3", "--json")).isEqualTo(1);
		assertThat(this.out.toString()).containsSubsequence("\"error\":\"no answer: ", "\"perhapsCharged\":\"0.01\"}");
	}

	@Test
	void whatIsForFreeIsNoPaidCall() {
		this.shop.paidCallsAnswer(WireMock.ok("present"));
		this.shop.freeAfterTheFirstLook();
		assertThat(run("--calls", "1")).isEqualTo(1);
		assertThat(this.out.toString()).contains("call 1/1  200 not paid: no payment was asked");
	}

	@Test
	void boughtFilesAreKept() {
		byte[] image = { (byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff };
		this.shop.selling(2, () -> WireMock.ok().withHeader("Content-Type", "image/png").withBody(image));
		Path file = this.directory.resolve("image.png");
		assertThat(run("--calls", "3", "-o", file.toString())).isEqualTo(1);
		assertThat(file).hasBinaryContent(image);
		assertThat(this.directory.resolve("image.png.2")).hasBinaryContent(image);
		assertThat(this.directory.resolve("image.png.3")).doesNotExist();
		assertThat(this.out.toString()).contains("kept in   " + file);
	}

	@Test
	void whatCannotBeWrittenIsShownAndNoFileIsOverwritten() {
		Path file = this.directory.resolve("quote");
		Path taken = this.directory.resolve("quote.2");
		this.shop.selling(2).whenPriced(() -> Files.writeString(taken, "precious"));
		assertThat(run("--calls", "2", "-o", file.toString())).isZero();
		assertThat(file).hasContent("quote");
		assertThat(taken).hasContent("precious");
		assertThat(this.out.toString()).contains("not kept  in " + taken)
			.containsPattern("\\nquote\\n")
			.contains("paid 2 of 2 calls");
		assertThat(run("--calls", "2", "-o", file.toString())).isEqualTo(2);
		assertThat(this.err.toString()).contains("--output: there is a file " + taken + " already");
	}

	@Test
	void whatIsNoTextIsNotShown() {
		this.shop.selling(1, () -> WireMock.ok("\u0000\u0001").withHeader("Content-Type", "image/png"));
		assertThat(run("--calls", "1")).isZero();
		assertThat(this.out.toString()).contains("2 bytes of image/png; -o FILE keeps them").doesNotContain("\u0001");
	}

	@Test
	void boughtTextCannotMoveTheCursor() {
		this.shop.selling(1, () -> WireMock.ok("a\u001b[2J\u009bb\nc").withHeader("Content-Type", "text/plain"));
		assertThat(run("--calls", "1")).isZero();
		assertThat(this.out.toString()).contains("a?[2J?b\nc");
	}

	@Test
	void headersAndFilesAreSentWithEveryRequest() throws IOException {
		Path body = Files.writeString(this.directory.resolve("question.json"), "{\"message\":\"hi\"}");
		this.shop.selling(1);
		assertThat(run("--calls", "1", "--data", "@" + body, "-H", "X-Plan: gold", "-H", "Accept: text/csv")).isZero();
		assertThat(this.shop.bodies()).containsExactly("POST application/json {\"message\":\"hi\"}");
		assertThat(this.shop.headers("X-Plan")).containsExactly("gold");
		assertThat(this.shop.headers("Accept")).containsExactly("text/csv");
		assertThat(run("--calls", "1", "--data", "hi", "-H", "Content-Type: text/x-own")).isEqualTo(1);
		assertThat(this.shop.bodies()).contains("POST text/x-own hi");
	}

	@Test
	void assetIsTheUsersToChoose() {
		String asset = Asset.usdc(Network.STELLAR_TESTNET).id();
		this.shop.selling(1);
		assertThat(run("--calls", "1", "--asset", asset, "--asset-decimals", "6")).isZero();
		assertThat(this.out.toString()).contains("price     0.1 USDC a call");
		assertThat(run("--asset", asset, "--asset-decimals", "99")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--asset-decimals: asset decimals must be 0 to 18");
	}

	@ParameterizedTest
	@CsvSource({ "--secrt,KEY", "--secrt=KEY,--json", "--secretKEY,--json", "KEY,--json", "--KEY,--json", "--calls,KEY",
			"--expires-in,KEY", "--secret,xKEY", "--cap,KEY", "--recipient,KEY", "--url,KEY", "--method,KEY:",
			"--network,KEY", "--asset,KEY", "--facilitator,KEY", "--rpc,KEY" })
	void mistypedCommandLineNeverShowsTheKey(String option, String value) {
		String key = "SAAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQC5MY";
		assertThat(run(option.replace("KEY", key), value.replace("KEY", key))).isEqualTo(2);
		assertThat(this.err.toString()).isNotBlank().doesNotContain(key.substring(0, 12));
		assertThat(this.out.toString()).doesNotContain(key.substring(0, 12));
	}

	@Test
	void unknownOptionIsNamed() {
		assertThat(run("--secrt", "x")).isEqualTo(2);
		assertThat(this.err.toString()).contains("Unknown options: --secrt", "--help");
	}

	@Test
	void surpriseIsToldWithoutTheKey() {
		String key = "SAAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQC5MY";
		CommandLine command = Commands.of().setErr(new PrintWriter(this.err));
		assertThat(new QuietErrors().handleExecutionException(new IllegalStateException("no " + key), command,
				command.parseArgs("--url", "http://localhost")))
			.isEqualTo(3);
		assertThat(this.err.toString()).contains("session-agent", "IllegalStateException: no S***").doesNotContain(key);
	}

	@Test
	void serverWithoutAPriceIsNothingToPayFor() {
		this.shop
			.answering(this.shop.challenge("stellar:testnet", Asset.usdc(Network.STELLAR_TESTNET).id(), "0", null));
		assertNotOpened("the server's terms cannot be used: a call costs nothing");
		this.shop.answering(WireMock.ok());
		assertNotOpened("answers 200 where 402 is expected");
		this.shop.answering(WireMock.status(402));
		assertNotOpened("wants to be paid but not by x402");
		this.shop.answering(WireMock.status(402).withHeader("PAYMENT-REQUIRED", "?"));
		assertNotOpened("asks for a payment in no way that makes sense");
		this.shop.answering(this.shop.challenge("not a url"));
		assertNotOpened("the server's terms cannot be used");
	}

	@Test
	void refusedRegistrationIsToldWithTheTransaction() {
		this.shop.refusing("/sessions");
		assertNotOpened("took effect but was not registered");
	}

	@Test
	void accountNeedsANetworkThatIsThere() {
		assertThat(run("--rpc", "http://localhost:1/rpc")).isEqualTo(3);
		assertThat(this.err.toString()).contains("http://localhost:1/rpc gives no answer: ConnectException");
		assertThat(run("--rpc", this.shop.facilitatorUrl() + "/nowhere")).isEqualTo(3);
		assertThat(this.err.toString()).contains("/nowhere answers 404");
	}

	@Test
	void localNetworkWithoutAFriendbotFundsNobody() {
		FakeShop other = new FakeShop().answering(WireMock.okJson("{\"result\":{}}"));
		assertThat(run("--rpc", other.url())).isEqualTo(2);
		assertThat(this.err.toString()).contains("--secret: is needed");
		FakeShop garbage = new FakeShop().answering(WireMock.ok("<html>"));
		assertThat(run("--rpc", garbage.url())).isEqualTo(3);
		assertThat(this.err.toString()).contains("is no RPC server");
		other.close();
		garbage.close();
	}

	@Test
	void serverThatIsNotThereIsTold() {
		String url = this.shop.url();
		this.shop.close();
		assertThat(execute(List.of("--url", url))).isEqualTo(3);
		assertThat(this.err.toString()).contains("gives no answer: ConnectException");
	}

	private void assertRefused(ResponseDefinitionBuilder challenge, String reason) {
		this.shop.answering(challenge);
		assertThat(run("--rpc", "http://localhost:1/rpc")).isEqualTo(2);
		assertThat(this.err.toString()).contains(reason);
		assertThat(this.shop.registrations()).isZero();
	}

	private void assertNotOpened(String reason) {
		assertThat(run()).isEqualTo(3);
		assertThat(this.err.toString()).contains(reason);
	}

	private int run(String... options) {
		List<String> args = new ArrayList<>(List.of("--url", this.shop.url()));
		if (!List.of(options).contains("--rpc")) {
			args.addAll(List.of("--rpc", devnet.rpcUri().toString()));
		}
		args.addAll(List.of(options));
		return execute(args);
	}

	private int execute(List<String> args) {
		return Commands.of()
			.setOut(new PrintWriter(this.out))
			.setErr(new PrintWriter(this.err))
			.execute(args.toArray(String[]::new));
	}

	private List<JsonNode> json() {
		return Stream.of(this.out.toString().split("\n")).map(new JsonMapper()::readTree).toList();
	}

}
