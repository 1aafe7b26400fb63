package io.github.x402sessions.samples.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FindCommand} with catalogues that lie.
 */
class FindCommandTests {

	private static final String USDC = Asset.usdc(Network.STELLAR_TESTNET).id();

	private static final String DECLARED = ",\"extensions\":{\"bazaar\":{\"schema\":{},\"info\":{\"input\":%s}}}";

	private final WireMockServer catalogue = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final FakeShop shop = new FakeShop();

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path folder;

	@BeforeEach
	void start() {
		this.catalogue.start();
	}

	@AfterEach
	void stop() {
		this.catalogue.stop();
		this.shop.close();
	}

	@Test
	void listingThatLiesAboutItsPriceIsNotPaid() {
		listing(entry(this.shop.url(), "http", "1000", ""));
		assertThat(find()).isZero();
		assertThat(this.out.toString()).contains(" 1  0.0001 USDC  GET  " + this.shop.url());
		assertThat(run("1")).isEqualTo(3);
		assertThat(this.err.toString()).contains("a call costs 0.01 USDC, and may cost 0.0001 USDC: nothing was paid");
		assertThat(find("--max-price", "0.009")).isZero();
		assertThat(run("1")).isEqualTo(3);
		assertThat(this.err.toString()).contains("and may cost 0.009 USDC");
		assertThat(this.shop.payments()).isZero();
		assertThat(this.shop.registrations()).isZero();
	}

	@Test
	void nothingThatIsShownMovesTheCursorOrFoolsAShell() {
		listing(entry("https://shop.example/a", "http", "1000",
				"""
						,"description":"\\u001b[2J\\u009b31m\\u0007one\\r\\ntwo\\u202e","serviceName":"$(id)"\
						""" + DECLARED
					.formatted("{\"type\":\"http\",\"method\":\"GET\",\"queryParams\":{\"a';id;'\":\"`id` $(id)\"}}")),
				entry("https://shop.example/mcp", "mcp", "1000", DECLARED.formatted(
						"{\"type\":\"mcp\",\"toolName\":\"a;id\",\"inputSchema\":{},\"example\":{\"a\":\"'\"}}")));
		assertThat(find()).isZero();
		assertThat(this.out.toString().replace("\n", "")).matches("\\P{Cntrl}*").doesNotContain("\u202e", "\u009b");
		assertThat(this.out.toString()).contains("[2J 31m one two ($(id))", "[--param 'a'\\'';id;'\\''=`id` $(id)']",
				"--args '{\"a\":\"'\\''\"}'",
				"call      session-agent tools --url https://shop.example/mcp --call 'a;id' --args JSON");
		assertThat(run("2")).isEqualTo(2);
		assertThat(this.err.toString()).contains("number 2 is a tool: session-agent tools --url");
	}

	@Test
	void listingWithoutTlsIsForThisMachineOnly() {
		listing(entry("http://shop.example/a", "http", "1000", ""));
		assertThat(find()).isZero();
		assertThat(run("1")).isEqualTo(2);
		assertThat(this.err.toString()).contains("N: http://shop.example/a has to be https");
	}

	@Test
	void headerThatIsNeededIsNamed() {
		listing(entry(this.shop.url(), "http", "100000",
				",\"extensions\":{\"bazaar\":{\"info\":{\"input\":{\"type\":\"http\",\"method\":\"GET\",\"headers\":{\"X-Mood\":\"merry\"}}},"
						+ "\"schema\":{\"properties\":{\"input\":{\"properties\":{\"headers\":{\"required\":[\"X-Mood\"]}}}}}}}"));
		assertThat(find()).isZero();
		assertThat(this.out.toString()).contains("-H 'X-Mood: merry'");
		assertThat(run("1")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--header: X-Mood is needed, such as merry");
	}

	@Test
	void formsAreSentAsForms() {
		this.shop.selling(1);
		listing(entry(this.shop.url(), "http", "100000", DECLARED.formatted(
				"{\"type\":\"http\",\"method\":\"POST\",\"bodyType\":\"form-data\",\"body\":{\"a b\":\"c&d\",\"n\":1}}")));
		assertThat(find()).isZero();
		run("1", "--example", "--calls", "1", "--rpc", "http://localhost:1/rpc");
		run("1", "--data", "x=y", "--calls", "1", "--rpc", "http://localhost:1/rpc");
		assertThat(this.shop.bodies()).containsExactly("POST application/x-www-form-urlencoded a+b=c%26d&n=1",
				"POST application/x-www-form-urlencoded x=y");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "7|there is no number 7: the last search has found 1",
			"0|there is no number 0", "fnd|is no number of what was found, and no command" })
	void numberThatIsNoneIsTold(String number, String message) {
		listing(entry(this.shop.url(), "http", "100000", ""));
		assertThat(find()).isZero();
		assertThat(run(number)).isEqualTo(2);
		assertThat(this.err.toString()).contains(message);
	}

	@Test
	void optionsThatDoNotGoTogetherAreTold() throws IOException {
		assertThat(run("1")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--found: nothing was found yet");
		assertThat(run("1", "--url", this.shop.url())).isEqualTo(2);
		assertThat(this.err.toString()).contains("are known of what was found");
		assertThat(run("--url", this.shop.url(), "--param", "a=b")).isEqualTo(2);
		assertThat(this.err.toString()).contains("are for what was found");
		Files.writeString(this.folder.resolve("found.json"), "{}");
		assertThat(run("1")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--found: holds no search");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "--max-price|0", "--max-price|much", "--type|ftp", "--limit|0", "--limit|101", "--scheme|cash",
					"--network|stellar:moon", "--catalogue|http://shop.example", "--catalogue|mailto:a@b",
					"--catalogue|https://a.example?b=c" })
	void wrongOptionIsTold(String option, String value) {
		listing();
		assertThat(find(option, value)).isEqualTo(2);
		assertThat(this.err.toString()).contains(option + ": ");
	}

	@Test
	void catalogueThatDoesNotAnswerIsTold() {
		this.catalogue.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.status(500).withBody("secret")));
		assertThat(find()).isEqualTo(3);
		assertThat(this.err.toString()).contains("the catalogue cannot answer now: /discovery/search is 500")
			.doesNotContain("secret");
		assertThat(this.folder.resolve("found.json")).doesNotExist();
	}

	private void listing(String... entries) {
		this.catalogue.stubFor(WireMock.get(WireMock.urlPathEqualTo("/discovery/search"))
			.willReturn(okJson("{\"resources\":[" + String.join(",", entries) + "]}")));
	}

	private static String entry(String url, String type, String amount, String more) {
		return "{\"resource\":\"" + url + "\",\"type\":\"" + type + "\",\"lastUpdated\":\"2026-11-29T10:00:00Z\","
				+ "\"accepts\":[{\"scheme\":\"session\",\"network\":\"stellar:testnet\",\"amount\":\"" + amount
				+ "\",\"asset\":\"" + USDC + "\",\"payTo\":\"GPAYEE\",\"maxTimeoutSeconds\":60}]" + more + "}";
	}

	private int find(String... more) {
		List<String> args = new ArrayList<>(List.of("find", "quotes"));
		if (!List.of(more).contains("--catalogue")) {
			args.addAll(List.of("--facilitator", this.catalogue.baseUrl()));
		}
		args.addAll(List.of(more));
		return run(args.toArray(String[]::new));
	}

	private int run(String... args) {
		this.out.getBuffer().setLength(0);
		this.err.getBuffer().setLength(0);
		List<String> all = new ArrayList<>(List.of(args));
		all.addAll(List.of("--found", this.folder.resolve("found.json").toString()));
		String[] line = all.toArray(String[]::new);
		return Commands.of(line)
			.setOut(new PrintWriter(this.out))
			.setErr(new PrintWriter(this.err))
			.execute(Commands.options(line));
	}

}
