package io.github.x402sessions.client.discovery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DiscoveryClient} with catalogues of others, which lie, fail or are
 * slow.
 */
class DiscoveryClientTests {

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	private static final DiscoveryQuery WEATHER = DiscoveryQuery.of("weather in oslo & more");

	private final WireMockServer catalogue = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	@BeforeEach
	void start() {
		this.catalogue.start();
	}

	@AfterEach
	void stop() {
		this.catalogue.stop();
	}

	@Test
	void listingOfAForeignCatalogueIsReadWhateverElseIsInIt() {
		answering(page(entry("http://weather.example/v1/:city", terms("100000"),
				"""
						, "description": "Forecast", "serviceName": "Weather", "tags": ["weather"], "quality": {"l30DaysTotalCalls": 7},
						"iconUrl": "javascript:alert(1)", "extensions": {"other": {}, "bazaar": {"routeTemplate": "/v1/:city", "more": 1,
						"info": {"input": {"type": "http", "method": "GET", "pathParams": {"city": ":city"}, "queryParams": {"days": 3},
						"headers": {"X-Mood": "merry", "Authorization": "Bearer me"}}},
						"schema": {"properties": {"input": {"properties": {"queryParams": {"properties": {"days": {"type": "integer",
						"description": "How many"}, "unit": {"default": "C"}}, "required": ["days"]}}}}}}}""")));
		DiscoveryResults results = search(WEATHER);
		FoundResource found = results.next();
		assertThat(found.listing().description()).isEqualTo("Forecast");
		assertThat(found.listing().tags()).containsExactly("weather");
		assertThat(found.listing().iconUrl()).isNull();
		assertThat(found.call().name()).isEqualTo("GET");
		assertThat(found.call().parameters()).containsExactly(
				new CallParameter("city", CallParameter.Place.PATH, true, null, null),
				new CallParameter("days", CallParameter.Place.QUERY, true, "3", "How many"),
				new CallParameter("unit", CallParameter.Place.QUERY, false, "C", null),
				new CallParameter("X-Mood", CallParameter.Place.HEADER, false, "merry", null));
		assertThat(found.terms()).singleElement().satisfies((terms) -> assertThat(terms.amount()).isEqualTo("100000"));
		assertThat(FoundResource.of(found.listing())).isEqualTo(found);
		assertThat(results.hasNext()).isFalse();
		assertThat(results.isPartial()).isFalse();
		assertThat(results.dropped()).isZero();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
	}

	@Test
	void questionIsSentAsTheSpecificationHasIt() {
		answering(page());
		search(WEATHER.withType("http")
			.withNetwork("stellar:testnet")
			.withSchemes("session")
			.withMaxPrice("0.05", USDC)
			.withPayTo("GPAYEE")
			.withLimit(70)).toList();
		this.catalogue.verify(WireMock.getRequestedFor(urlPathEqualTo("/base/discovery/search"))
			.withQueryParam("query", WireMock.equalTo("weather in oslo & more"))
			.withQueryParam("type", WireMock.equalTo("http"))
			.withQueryParam("network", WireMock.equalTo("stellar:testnet"))
			.withQueryParam("asset", WireMock.equalTo(USDC.id()))
			.withQueryParam("scheme", WireMock.equalTo("session"))
			.withQueryParam("maxAmount", WireMock.equalTo("500000"))
			.withQueryParam("payTo", WireMock.equalTo("GPAYEE"))
			.withQueryParam("limit", WireMock.equalTo("70")));
		search(WEATHER.withSchemes("session", "exact")).toList();
		this.catalogue.verify(WireMock.getRequestedFor(urlPathEqualTo("/base/discovery/search"))
			.withQueryParam("scheme", WireMock.absent())
			.withQueryParam("maxAmount", WireMock.absent()));
	}

	@Test
	void whatDoesNotFitTheQuestionIsLeftOutWhateverTheCatalogueSays() {
		String good = entry("http://good.example/", terms("500000"), "");
		answering(page(good, entry("http://dear.example/", terms("500001"), ""),
				entry("http://free.example/", terms("0"), ""), entry("http://odd.example/", terms("-1"), ""),
				entry("http://other.example/", terms("1").replace("stellar:testnet", "eip155:8453"), ""),
				entry("http://asset.example/", terms("1").replace(USDC.id(), "CSCAM"), ""),
				entry("http://scheme.example/", terms("1").replace("session", "upto"), ""),
				entry("http://thief.example/", terms("1").replace("GPAYEE", "GTHIEF"), ""),
				entry("http://tool.example/mcp", terms("1"), "").replace("\"http\"", "\"mcp\""),
				entry("http://none.example/", "", ""), good));
		DiscoveryResults results = search(WEATHER.withType("http")
			.withNetwork("stellar:testnet")
			.withSchemes("session", "exact")
			.withMaxPrice("0.05", USDC)
			.withPayTo("GPAYEE"));
		assertThat(results.toList()).extracting((found) -> found.listing().resource())
			.containsExactly("http://good.example/");
		assertThat(results.dropped()).isEqualTo(10);
	}

	@Test
	void termsThatDoNotFitAreNotShownBesideThoseThatDo() {
		answering(page(entry("http://good.example/", terms("900000") + "," + terms("400000") + ", 7, null, "
				+ "{\"scheme\":\"exact\",\"network\":\"base\",\"maxAmountRequired\":\"1\"}", "")));
		assertThat(search(WEATHER.withMaxPrice("0.05", USDC)).next().terms()).singleElement()
			.satisfies((terms) -> assertThat(terms.amount()).isEqualTo("400000"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://shop.example/", "file:///etc/passwd", "javascript:alert(1)", "/relative",
			"shop.example", "http:///path", "http://user:word@shop.example/", "http://shop.example/#part",
			"http://shop.example/ blank", "http://shop.example/\\u001b[2J", "http://sh\\u00f6p.example/",
			"mcp://tool/quote", "http://[bad/" })
	void whatIsNoUrlToCallIsLeftOut(String url) {
		answering(page(entry(url, terms("1"), "")));
		DiscoveryResults results = search(WEATHER);
		assertThat(results.hasNext()).isFalse();
		assertThat(results.dropped()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost/admin", "http://127.0.0.1:8080/", "http://169.254.169.254/latest",
			"http://[::1]/", "http://2130706433/", "http://0x7f000001/", "http://router.local/", "http://intranet/" })
	void aPublicCatalogueListsNothingOfTheReadersNetwork(String url) {
		Map<String, Object> entry = Map.of("resource", url, "type", "http", "accepts",
				List.of(Map.of("scheme", "session", "network", "stellar:testnet", "amount", "1", "asset", "C", "payTo",
						"G", "maxTimeoutSeconds", 60)));
		assertThat(new ListingCheck(WEATHER, false).check(entry)).isEmpty();
		assertThat(new ListingCheck(WEATHER, true).check(entry)).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"input\":{\"type\":\"http\",\"method\":\"GET\\u001b[2J\"}}",
			"{\"input\":{\"type\":\"http\",\"method\":\"CONNECT\"}}", "{\"input\":{\"type\":\"http\"}}",
			"{\"input\":{\"type\":\"mcp\",\"toolName\":\"a\"}}", "{\"input\":{\"type\":\"http\",\"method\":\"POST\"}}",
			"{\"input\":{\"type\":\"http\",\"method\":\"GET\",\"queryParams\":{\"a\\u202eb\":1}}}",
			"{\"input\":{\"type\":\"http\",\"method\":\"GET\"},\"output\":{\"example\":\"\\u0007\"}}", "{}" })
	void whatIsDeclaredToDeceiveIsLeftOut(String info) {
		answering(page(entry("http://shop.example/", terms("1"),
				",\"extensions\":{\"bazaar\":{\"info\":" + info + ",\"schema\":{}}}")));
		assertThat(search(WEATHER).hasNext()).isFalse();
	}

	@Test
	void textsAreOnOneLineAndMoveNoCursor() {
		answering(page(entry("http://shop.example/", terms("1"),
				"""
						,"description": "\\u001b]0;owned\\u0007Best\\r\\n\\u202e<b>price</b>\\u009b31m", "serviceName": "\\u0000", "tags": ["a\\nb", 7]""")));
		FoundResource found = search(WEATHER).next();
		assertThat(found.listing().description()).isEqualTo("]0;owned Best price 31m");
		assertThat(found.listing().serviceName()).isNull();
		assertThat(found.listing().tags()).containsExactly("a b");
	}

	@Test
	void oneListingDoesNotSpoilThePageForTheOthers() {
		String deep = IntStream.range(0, 60).mapToObj((i) -> "{\"a\":").collect(Collectors.joining()) + "1"
				+ "}".repeat(60);
		String long64 = "\"" + "x".repeat(70_000) + "\"";
		answering(page("7", "null", "{}", "{\"resource\":{}}", entry("http://odd.example/", terms("1"), ",\"tags\":9"),
				bazaar("http://deep.example/", deep), bazaar("http://long.example/", long64),
				entry("http://good.example/", terms("1"), "")));
		assertThat(search(WEATHER).toList()).extracting((found) -> found.listing().resource())
			.containsExactly("http://odd.example/", "http://good.example/");
	}

	@Test
	void pagesAreAskedForWhileTheyAreRead() {
		pageBehind(null, "one", "two");
		pageBehind("two", "three", null);
		DiscoveryResults results = search(WEATHER);
		assertThat(requests()).isZero();
		assertThat(results.next().listing().resource()).isEqualTo("http://one.example/");
		assertThat(requests()).isEqualTo(1);
		assertThat(results.isPartial()).isTrue();
		assertThat(results.next().listing().resource()).isEqualTo("http://three.example/");
		assertThat(results.hasNext()).isFalse();
		assertThat(results.isPartial()).isFalse();
		assertThat(requests()).isEqualTo(2);
	}

	@Test
	void limitEndsTheReading() {
		pageBehind(null, "one", "two");
		DiscoveryResults results = search(WEATHER.withLimit(1));
		assertThat(results.toList()).hasSize(1);
		assertThat(requests()).isEqualTo(1);
		assertThat(results.isPartial()).isTrue();
	}

	@Test
	void catalogueSaysThatThereIsMore() {
		answering(
				okJson("{\"resources\":[" + entry("http://a.example/", terms("1"), "") + "],\"partialResults\":true}"));
		DiscoveryResults results = search(WEATHER);
		assertThat(results.toList()).hasSize(1);
		assertThat(results.isPartial()).isTrue();
	}

	@Test
	void catalogueThatLeadsInACircleIsNotFollowed() {
		answering(okJson("{\"resources\":[" + entry("http://a.example/", terms("1"), "")
				+ "],\"pagination\":{\"cursor\":\"x\"}}"));
		assertThat(search(WEATHER.withLimit(1000)).toList()).hasSize(1);
		assertThat(requests()).isEqualTo(2);
	}

	@Test
	void catalogueWithoutEndIsReadForABoundedTime() {
		answering(okJson("{\"resources\":[],\"pagination\":{\"limit\":1,\"cursor\":\"{{randomValue length=8}}\"}}")
			.withTransformers("response-template"));
		DiscoveryResults results = search(WEATHER);
		assertThat(results.hasNext()).isFalse();
		assertThat(requests()).isEqualTo(20);
		assertThat(results.isPartial()).isTrue();
	}

	@Test
	void everythingIsListedPageByPage() {
		this.catalogue.stubFor(WireMock.get(urlPathEqualTo("/base/discovery/resources"))
			.withQueryParam("offset", WireMock.equalTo("0"))
			.willReturn(okJson("{\"items\":[" + entry("http://a.example/", terms("1"), "")
					+ ",{}],\"pagination\":{\"limit\":2,\"offset\":0,\"total\":3}}")));
		this.catalogue.stubFor(WireMock.get(urlPathEqualTo("/base/discovery/resources"))
			.withQueryParam("offset", WireMock.equalTo("2"))
			.willReturn(okJson("{\"items\":[" + entry("http://b.example/", terms("1"), "")
					+ "],\"pagination\":{\"limit\":2,\"offset\":2,\"total\":3}}")));
		DiscoveryResults results = search(DiscoveryQuery.everything());
		assertThat(results.toList()).hasSize(2);
		assertThat(results.isPartial()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "404,there is no catalogue at this URL", "302,a redirect", "204,cannot be used: 204", "400,400" })
	void answerThatIsNoneIsTold(int status, String message) {
		answering(WireMock.status(status)
			.withHeader("Location", this.catalogue.baseUrl() + "/elsewhere/discovery/search")
			.withBody("secret words"));
		assertThatExceptionOfType(FacilitatorProtocolException.class).isThrownBy(() -> search(WEATHER).hasNext())
			.withMessageContaining(message)
			.withMessageNotContaining("secret")
			.withMessageNotContaining("elsewhere");
		assertThat(requests()).isEqualTo(1);
	}

	@Test
	void catalogueThatRefusesOrCannotIsTold() {
		answering(WireMock.status(503));
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(() -> search(WEATHER).hasNext())
			.withMessageContaining("cannot answer now: /discovery/search is 503");
		answering(WireMock.status(429));
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(() -> search(WEATHER).hasNext());
		answering(WireMock.status(401));
		assertThatExceptionOfType(FacilitatorAccessException.class).isThrownBy(() -> search(WEATHER).hasNext());
		answering(WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE));
		assertThatExceptionOfType(FacilitatorUnavailableException.class).isThrownBy(() -> search(WEATHER).hasNext())
			.withMessageContaining("gives no answer to /discovery/search");
	}

	@Test
	void slowAnswerIsNotWaitedFor() {
		answering(page(entry("http://a.example/", terms("1"), "")).withChunkedDribbleDelay(100, 60_000));
		DiscoveryClient hasty = DiscoveryClient.of(url(), Duration.ofMillis(300));
		assertThatExceptionOfType(FacilitatorUnavailableException.class)
			.isThrownBy(() -> hasty.search(WEATHER).hasNext());
	}

	@Test
	void largeAnswerIsNotRead() {
		answering(okJson("{\"resources\":[],\"more\":\"" + "x".repeat(4 * 1024 * 1024) + "\"}"));
		assertThatExceptionOfType(FacilitatorProtocolException.class).isThrownBy(() -> search(WEATHER).hasNext())
			.withMessageContaining("more than 4194304 bytes");
	}

	@Test
	void whatIsNoJsonIsTold() {
		answering(page().withHeader("Content-Type", "text/html"));
		assertNonsense("no JSON, by its Content-Type");
		answering(okJson("<html>"));
		assertNonsense("not valid JSON");
		answering(okJson("{\"resources\":{}}"));
		assertNonsense("'resources' or 'items' is missing");
		answering(WireMock.ok()
			.withHeader("Content-Type", "application/json")
			.withBody("{\"resources\":[{\"resource\":\"\u00ff\"}]}".getBytes(StandardCharsets.ISO_8859_1)));
		assertNonsense("not valid JSON");
		answering(okJson("[".repeat(500) + "]".repeat(500)));
		assertNonsense("cannot be used");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://a.example", "a.example", "https://a:b@c.example", "https://a.example?q=1",
			"https://a.example#b", "mcp://tool" })
	void whatIsNoCatalogueIsRefused(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> DiscoveryClient.of(URI.create(url)))
			.withMessageNotContaining("a:b");
	}

	@Test
	void questionsAreBounded() {
		assertThatIllegalArgumentException().isThrownBy(() -> DiscoveryQuery.of(" "));
		assertThatIllegalArgumentException().isThrownBy(() -> DiscoveryQuery.of("x".repeat(401)));
		assertThatIllegalArgumentException().isThrownBy(() -> WEATHER.withLimit(0));
		assertThatIllegalArgumentException().isThrownBy(() -> WEATHER.withLimit(1001));
		assertThatIllegalArgumentException().isThrownBy(() -> WEATHER.withType("ftp"));
		assertThatIllegalArgumentException().isThrownBy(() -> WEATHER.withMaxPrice("0", USDC));
		assertThat(WEATHER.withMaxPrice("1", USDC).withAsset(USDC).maxPrice()).isNull();
	}

	private void assertNonsense(String message) {
		assertThatExceptionOfType(FacilitatorProtocolException.class).isThrownBy(() -> search(WEATHER).hasNext())
			.withMessageContaining(message);
	}

	private DiscoveryResults search(DiscoveryQuery query) {
		return DiscoveryClient.of(url()).search(query);
	}

	private URI url() {
		return URI.create(this.catalogue.baseUrl() + "/base/");
	}

	private int requests() {
		return this.catalogue.findAll(WireMock.anyRequestedFor(WireMock.anyUrl())).size();
	}

	private void answering(ResponseDefinitionBuilder answer) {
		this.catalogue.stubFor(WireMock.get(urlPathEqualTo("/base/discovery/search")).willReturn(answer));
	}

	private void pageBehind(String cursor, String name, String next) {
		String following = (next != null) ? "\"" + next + "\"" : "null";
		this.catalogue.stubFor(WireMock.get(urlPathEqualTo("/base/discovery/search"))
			.withQueryParam("cursor", (cursor != null) ? WireMock.equalTo(cursor) : WireMock.absent())
			.willReturn(okJson("{\"resources\":[" + entry("http://" + name + ".example/", terms("1"), "")
					+ "],\"pagination\":{\"limit\":1,\"cursor\":" + following + "}}")));
	}

	private static ResponseDefinitionBuilder page(String... entries) {
		return okJson("{\"x402Version\":2,\"resources\":[" + String.join(",", entries)
				+ "],\"partialResults\":false,\"pagination\":null}");
	}

	private static String bazaar(String url, String example) {
		return entry(url, terms("1"),
				",\"extensions\":{\"bazaar\":{\"info\":{\"input\":{\"type\":\"http\",\"method\":\"GET\"},"
						+ "\"output\":{\"example\":" + example + "}},\"schema\":{}}}");
	}

	private static String entry(String url, String accepts, String more) {
		return "{\"resource\":\"" + url
				+ "\",\"type\":\"http\",\"x402Version\":2,\"lastUpdated\":\"2026-11-29T10:00:00Z\"," + "\"accepts\":["
				+ accepts + "]" + more + "}";
	}

	private static String terms(String amount) {
		return "{\"scheme\":\"session\",\"network\":\"stellar:testnet\",\"amount\":\"" + amount + "\",\"asset\":\""
				+ USDC.id() + "\",\"payTo\":\"GPAYEE\",\"maxTimeoutSeconds\":60}";
	}

}
