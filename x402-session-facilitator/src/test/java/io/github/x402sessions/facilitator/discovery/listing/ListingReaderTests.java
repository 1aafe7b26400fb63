package io.github.x402sessions.facilitator.discovery.listing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The rules for what is listed, by declarations of every ill will.
 */
class ListingReaderTests {

	private static final ListingReader READER = new ListingReader(16 * 1024, false);

	private static final String INPUT = "/schema/properties/input/properties";

	@Test
	void rightDeclarationIsListed() {
		Listing listing = READER.read(Declarations.http().payment());
		assertThat(listing.key()).isEqualTo(new ListingKey("http", "https://weather.example/v1/forecast", "GET"));
		assertThat(listing.origin()).isEqualTo("https://weather.example");
		DiscoveredResource shown = listing.shown();
		assertThat(shown.resource()).isEqualTo("https://weather.example/v1/forecast");
		assertThat(shown.description()).isEqualTo("Forecast of the weather for a city");
		assertThat(shown.serviceName()).isEqualTo("Example Weather");
		assertThat(shown.tags()).containsExactly("weather", "forecast");
		assertThat(shown.iconUrl()).isEqualTo("https://weather.example/icon.png");
		assertThat(shown.declaration()).isPresent();
		assertThat(new String(WireJson.write(listing.shown()), StandardCharsets.UTF_8))
			.doesNotContain("secret-session");
	}

	@Test
	void toolsOfOneServerAreListedByTheirNames() {
		Listing listing = READER.read(Declarations.tool().payment());
		assertThat(listing.key()).isEqualTo(new ListingKey("mcp", "https://tools.example/mcp", "financial_analysis"));
		assertThat(listing.words().name()).contains("financial analysis");
		assertThat(listing.words().parameters()).contains("ticker");
		assertThat(listing.key().hash())
			.isNotEqualTo(new ListingKey("mcp", "https://tools.example/mcp", "other").hash());
	}

	/** All that cannot be listed at all. */
	static Stream<Arguments> hostile() {
		return Stream.of(//
				arguments("no info", Declarations.http().without("/paymentPayload/extensions/bazaar/info")),
				arguments("no schema", Declarations.http().without("/paymentPayload/extensions/bazaar/schema")),
				arguments("info is a text", Declarations.http().bazaar("/info", "\"http\"")),
				arguments("schema is true", Declarations.http().bazaar("/schema", "true")),
				arguments("no resource", Declarations.http().without("/paymentPayload/resource")),
				arguments("bazaar is a list", Declarations.http().with("/paymentPayload/extensions/bazaar", "[1]")),
				arguments("no input", Declarations.http().without("/paymentPayload/extensions/bazaar/info/input")),
				arguments("unknown type", Declarations.http().bazaar("/info/input/type", "\"ftp\"")),
				arguments("unknown method", Declarations.http().bazaar("/info/input/method", "\"TRACE\"")),
				arguments("method in lower case", Declarations.http().bazaar("/info/input/method", "\"get\"")),
				arguments("no method",
						Declarations.http().without("/paymentPayload/extensions/bazaar/info/input/method")),
				arguments("body without its type",
						Declarations.http().bazaar("/info/input/method", "\"POST\"").bazaar(INPUT + "/method", "{}")),
				arguments("parameters are a list", Declarations.http().bazaar("/info/input/queryParams", "[]")),
				arguments("info against schema",
						Declarations.http().bazaar("/info/input/queryParams", "{\"city\": 1}")),
				arguments("schema says nothing", Declarations.http().bazaar("/schema", "{}")),
				arguments("schema is of another draft",
						Declarations.http().bazaar("/schema/$schema", "\"http://json-schema.org/draft-07/schema#\"")),
				arguments("schema elsewhere",
						Declarations.http()
							.bazaar(INPUT + "/city", "{\"$ref\": \"https://evil.example/schema.json\"}")),
				arguments("schema in a file",
						Declarations.http().bazaar(INPUT + "/city", "{\"$ref\": \"file:///etc/passwd\"}")),
				arguments("schema of the class path",
						Declarations.http().bazaar(INPUT + "/city", "{\"$ref\": \"classpath:draft/2020-12/schema\"}")),
				arguments("schema beside it",
						Declarations.http().bazaar(INPUT + "/city", "{\"$ref\": \"other.json\"}")),
				arguments("reference with an anchor",
						Declarations.http().bazaar(INPUT + "/city", "{\"$ref\": \"#there\"}")),
				arguments("$id elsewhere", Declarations.http().bazaar("/schema/$id", "\"https://evil.example/s\"")),
				arguments("$id elsewhere below",
						Declarations.http()
							.bazaar(INPUT + "/city", "{\"$id\": \"https://json-schema.org/draft/2020-12/schema\"}")),
				arguments("dynamic reference",
						Declarations.http().bazaar(INPUT + "/city", "{\"$dynamicRef\": \"#node\"}")),
				arguments("dangling reference",
						Declarations.http().bazaar(INPUT + "/city", "{\"$ref\": \"#/$defs/none\"}")),
				arguments("schema in a circle",
						Declarations.http().bazaar(INPUT + "/city", "{\"$ref\": \"#/properties/input\"}")),
				arguments("schema of itself", Declarations.http().bazaar(INPUT + "/city", "{\"$ref\": \"#\"}")),
				arguments("schema that doubles",
						Declarations.http()
							.bazaar("/schema/$defs", doubling(20))
							.bazaar("/schema/allOf", "[{\"$ref\": \"#/$defs/d0\"}]")),
				arguments("expression for a long text that ends too early",
						Declarations.http()
							.bazaar(INPUT + "/queryParams",
									"{\"properties\": {\"city\": {\"pattern\": \"^(([a-z])+.)+[A-Z]([a-z])+$\"}}}")
							.bazaar("/info/input/queryParams/city", "\"" + "a".repeat(5_000) + "\"")),
				arguments("expression for long names", Declarations.http()
					.bazaar(INPUT + "/queryParams",
							"{\"patternProperties\": {\"^(([a-z])+.)+[A-Z]([a-z])+$\": {}}, \"additionalProperties\": false}")
					.bazaar("/info/input/queryParams/" + "a".repeat(2_000) + "b", "1")),
				arguments("expression for names that takes ages",
						Declarations.http()
							.bazaar(INPUT + "/queryParams", "{\"patternProperties\": {\"^(a?){900}$\": {}}}")
							.bazaar("/info/input/queryParams/" + "a".repeat(8_000) + "b", "1")),
				arguments("expression for a long text that it is not of",
						Declarations.http()
							.bazaar(INPUT + "/queryParams", "{\"properties\": {\"city\": {\"pattern\": \"^(a|b)*$\"}}}")
							.bazaar("/info/input/queryParams/city", "\"" + "ab".repeat(7_000) + "c\"")),
				arguments("expression that takes ages and reads nothing", expression("(?:^{2000000000}){2000000000}")),
				arguments("expression that tries ages and reads nothing", expression("(|)".repeat(60) + "(?!)")),
				arguments("expression that doubles", expression("(|)".repeat(80) + "b")),
				arguments("expression that fills the memory", expression("((((a{100}){100}){100}){100})b")),
				arguments("expression that fills the memory in characters",
						expression("(((a{100}[)]){100}){100}){100}")),
				arguments("expression that is not what it seems", expression("((a{100}\\\\Q)\\\\E){100}){100}")),
				arguments("expressions that take long together", Declarations.http()
					.bazaar("/schema/allOf", "[" + IntStream.range(0, 60)
						.mapToObj(
								(i) -> "{\"properties\":{\"output\":{\"properties\":{\"example\":{\"pattern\":\"(a?){9"
										+ (10 + i) + "}\"}}}}}")
						.collect(Collectors.joining(",")) + "]")
					.bazaar("/info/output/example", "\"" + "a".repeat(8_000) + "\"")),
				arguments("expression that looks around", expression("^(?=a)")),
				arguments("expression that is none",
						Declarations.http()
							.bazaar(INPUT + "/queryParams", "{\"properties\": {\"city\": {\"pattern\": \"(((\"}}}")),
				arguments("expression that is long",
						Declarations.http().bazaar(INPUT + "/city", "{\"pattern\": \"" + "(a?)".repeat(100) + "\"}")),
				arguments("expression that takes ages and reads nothing",
						patterned("(?:(?:a{0}){99999}){99999}\\\\z", "\"Oslo\"")),
				arguments("choices that take ages and read nothing",
						patterned("(?:|)".repeat(48) + "\\\\zx", "\"Oslo\"")),
				arguments("expression that is large when it is written out",
						patterned("(((a{1000}){1000}){1000}){1000}", "\"Oslo\"")),
				arguments("expression that is large in many places",
						patterned("((((a{30}){30}){30}){30}){30}", "\"Oslo\"")),
				arguments("huge number", ruled("{\"type\": \"integer\", \"multipleOf\": 7}", "1e999999999")),
				arguments("huge bound", ruled("{\"minimum\": 1e999999999}", "3")),
				arguments("huge number that is one of many", ruled("{\"enum\": [1e999999999, 1]}", "2")),
				arguments("schema that is no schema",
						Declarations.http()
							.bazaar("/schema/required", "\"input\"")
							.bazaar("/schema/properties/input", "{\"type\": \"nothing\", \"required\": 7}")),
				arguments("deep", Declarations.http().bazaar("/info/output", nested(20))),
				arguments("long", Declarations.http().bazaar("/info/output/example", "\"" + "x".repeat(17_000) + "\"")),
				arguments("many values by many rules",
						Declarations.http()
							.bazaar("/info/output/example", list(2_000))
							.bazaar("/schema/$defs", "{\"all\": " + list(400).replace("1", "{\"a\":{}}") + "}")),
				arguments("control characters", Declarations.http().bazaar("/info/output/example", "\"\\u0000\"")),
				arguments("control characters of one byte",
						Declarations.http().bazaar("/info/output/example", "\"\\u009b1m\"")),
				arguments("text that nobody sees",
						Declarations.http().bazaar("/info/output/example", "\"\\udb40\\udc49\"")),
				arguments("half a character", Declarations.http().bazaar("/info/output/example", "\"\\ud800\"")),
				arguments("terms with control characters",
						Declarations.http().terms("extra", "{\"a\": \"\\u001b[1m\"}")),
				arguments("terms that are long",
						Declarations.http().terms("extra", "{\"a\": \"" + "x".repeat(2_048) + "\"}")),
				arguments("text that turns around",
						Declarations.http().bazaar("/info/output/example", "\"\\u202Egpj.exe\"")),
				arguments("name with control characters", Declarations.http().bazaar("/info/output/e\u0007vil", "1")),
				arguments("resource of a tool",
						Declarations.tool().resource("url", "\"mcp://tool/financial_analysis\"")),
				arguments("tool without a name", Declarations.tool().bazaar("/info/input/toolName", "\"\"")),
				arguments("tool with mark-up", Declarations.tool().bazaar("/info/input/toolName", "\"<img>\"")),
				arguments("tool without a schema", Declarations.tool().bazaar("/info/input/inputSchema", "true")),
				arguments("tool by an unknown way", Declarations.tool().bazaar("/info/input/transport", "\"stdio\"")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("hostile")
	void hostileDeclarationIsRefusedInAMoment(String title, Declarations declared) {
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatExceptionOfType(UnlistableException.class)
			.isThrownBy(() -> READER.read(declared.payment()))
			.satisfies((ex) -> assertThat(ex.reason()).isNotBlank().doesNotContain("evil", "passwd", "aaaa", "<img>")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//weather.example/x",
			"weather.example/x", "https://", "https://user:secret@weather.example/x", "https://127.0.0.1/x",
			"https://2130706433/", "https://0x7f000001/", "https://127.1/", "https://[::1]/", "https://localhost/",
			"https://a.localhost/", "https://metadata.google.internal/", "https://169.254.169.254/latest",
			"https://printer/", "https://router.lan/", "https://wiki.corp/", "https://weather.example:0/",
			"https://weather.example:65536/", "https://weather.example/a/../b", "https://weather.example/%2e%2e/b",
			"https://weather.example/a%00b", "https://weather.example/a%2Fb", "https://weather.example/a b",
			"https://wéather.example/", "https://weather.example/\\u000aevil" })
	void urlThatNobodyElseCanCallIsRefused(String url) {
		assertThatExceptionOfType(UnlistableException.class)
			.isThrownBy(() -> READER.read(Declarations.http().resource("url", "\"" + url + "\"").payment()))
			.withMessageStartingWith("resource.url");
	}

	@Test
	void longUrlIsRefused() {
		assertThatExceptionOfType(UnlistableException.class).isThrownBy(() -> READER.read(Declarations.http()
			.resource("url", "\"https://weather.example/" + "x".repeat(2_048) + "\"")
			.payment()));
	}

	@ParameterizedTest
	@CsvSource({ "HTTPS://Weather.Example/a, https://weather.example/a",
			"https://weather.example:443/a?q=1#f, https://weather.example/a",
			"http://weather.example:80, http://weather.example/",
			"https://weather.example:8443/a, https://weather.example:8443/a",
			"https://weather.example./a, https://weather.example/a",
			"https://weather.example/%61%c3%a9, https://weather.example/a%C3%A9" })
	void urlIsWrittenInOneWay(String url, String listed) {
		assertThat(READER.read(Declarations.http().resource("url", "\"" + url + "\"").payment()).key().url())
			.isEqualTo(listed);
	}

	@Test
	void localHostsAreListedWhereThereIsNothingToLose() {
		ListingReader local = new ListingReader(16 * 1024, true);
		assertThat(local.read(Declarations.http().resource("url", "\"http://localhost:8080/a\"").payment()).key().url())
			.isEqualTo("http://localhost:8080/a");
	}

	@ParameterizedTest
	@CsvSource({ "/users/:userId, true", "/users/:id, true", "/:any/:id, true", "/users/%3Aid, false",
			"/users/:%2e%2e, false", "/users/:%252e%252e, false", "/users/:http%3A%2F%2Fevil.example, false",
			"/users/../admin, false", "/users/%2e%2e/admin, false", "/users/%252e%252e/admin, false",
			"users/:userId, false", "/users/:userId?x=1, false", "/http://evil.example, false",
			"/http%3A%2F%2Fevil.example, false", "/users/<script>, false", "/users/%, false", "/admin/:userId, false",
			"/users/:userId/more, false", "/users/42, false" })
	void templateOfAnotherPathIsLeftOut(String template, boolean taken) {
		Declarations declared = Declarations.http()
			.resource("url", "\"https://weather.example/users/42\"")
			.bazaar("/routeTemplate", "\"" + template + "\"")
			.bazaar("/info/input/pathParams", "{\"userId\": \"42\"}");
		Listing listing = READER.read(declared.payment());
		assertThat(listing.key().url()).isEqualTo("https://weather.example" + (taken ? template : "/users/42"));
		assertThat(listing.shown().declaration().orElseThrow().routeTemplate()).isEqualTo(taken ? template : null);
	}

	@Test
	void whatAPayerAskedForIsNotShown() {
		Declarations declared = Declarations.http()
			.resource("url", "\"https://weather.example/users/alice@mail.example\"")
			.bazaar("/routeTemplate", "\"/users/:userId\"")
			.bazaar("/info/input/pathParams", "{\"userId\": \"alice@mail.example\"}");
		String shown = new String(WireJson.write(READER.read(declared.payment()).shown()), StandardCharsets.UTF_8);
		assertThat(shown).doesNotContain("alice").contains("\"pathParams\":{\"userId\":\":userId\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\"" + "x" + "\\u0000\"", "\"caf\u00e9\"", "7", "null", "[\"a\"]",
			"\"a name of more than thirty-two characters\"", "\"<b></b>\"", "\"\\u0085\"" })
	void oddServiceNameIsLeftOut(String name) {
		Listing listing = READER.read(Declarations.http().resource("serviceName", name).payment());
		assertThat(listing.shown().serviceName()).isNull();
		assertThat(listing.shown().tags()).isNotEmpty();
	}

	@Test
	void oddTagsAreLeftOutOneByOne() {
		Listing listing = READER.read(Declarations.http()
			.resource("tags",
					"[\"a\", 7, \"A\", \"\", \"b\\u0007\", \"caf\u00e9\", null, \"c\", \"d\", \"e\", \"f\", \"g\"]")
			.payment());
		assertThat(listing.shown().tags()).containsExactly("a", "c", "d", "e", "f");
		assertThat(READER.read(Declarations.http().resource("tags", "\"a\"").payment()).shown().tags()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "data:image/png;base64,AA", "file:///etc/passwd", "//weather.example/i", "icon.png",
			"https://user@weather.example/i", "https://127.0.0.1/i", "https://%6c%6fcalhost/i",
			"https://%31%32%37.0.0.1/i", "https://[::1]/i", "https://localhost/i", "https://localhost.localdomain/i",
			"https://ip6-loopback/i", "https://2130706433/i", "https://0x7f000001/i", "https://0177.0.0.1/i",
			"https://\uff11\uff12\uff17.0.0.1/i", "https://weather.example/i\\u0000",
			"https://weather.example/<script>", "ftp://weather.example/i",
			"https://weather.example\\\\@evil.example/i" })
	void oddIconIsLeftOut(String icon) {
		Listing listing = READER.read(Declarations.http().resource("iconUrl", "\"" + icon + "\"").payment());
		assertThat(listing.shown().iconUrl()).isNull();
		assertThat(listing.shown().serviceName()).isNotNull();
	}

	@Test
	void iconOfAnyScriptIsNamedInAscii() {
		assertThat(READER.read(Declarations.http().resource("iconUrl", "\"HTTPS://B\u00fccher.example/i\"").payment())
			.shown()
			.iconUrl()).isEqualTo("https://xn--bcher-kva.example/i");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
			Weather<script>alert(1)</script> of Oslo | Weather alert(1) of Oslo
			less < more and a<b | less < more and a
			<scr<script>ipt>x | ipt>x
			\\u202Eevil\\u200B one\\nand two | evil one and two
			<img src=x onerror=alert(1) | ^^""")
	void descriptionIsPlainText(String written, String shown) {
		Listing listing = READER.read(Declarations.http().resource("description", "\"" + written + "\"").payment());
		assertThat(String.valueOf(listing.shown().description())).isEqualTo(shown.isEmpty() ? "null" : shown);
	}

	@Test
	void longDescriptionIsCut() {
		Listing listing = READER
			.read(Declarations.http().resource("description", "\"" + "word ".repeat(400) + "\"").payment());
		assertThat(listing.shown().description()).hasSizeLessThanOrEqualTo(500);
		assertThat(READER.read(Declarations.http().resource("mimeType", "\"text/html\\u000d\\u000aX: y\"").payment())
			.shown()
			.mimeType()).isNull();
	}

	@Test
	void onlyWhatThePayerSawOfTheTermsIsShown() {
		Listing listing = READER.read(Declarations.http()
			.with("/paymentRequirements/extra/secret", "\"for the facilitator\"")
			.with("/paymentRequirements/amount", "\"4\"")
			.payment());
		assertThat(listing.terms().extra()).isEqualTo(Map.of("spender", "GSPENDER"));
		assertThat(listing.terms().amount()).isEqualTo("100000");
	}

	@Test
	void schemaWithReferencesOfItsOwnIsTaken() {
		assertThatNoException().isThrownBy(() -> READER.read(Declarations.http()
			.bazaar("/schema/$defs", "{\"name\": {\"type\": \"string\", \"pattern\": \"^[A-Z][a-z]+$\"}}")
			.bazaar(INPUT + "/queryParams", "{\"properties\": {\"city\": {\"$ref\": \"#/$defs/name\"}}}")
			.payment()));
		assertThatExceptionOfType(UnlistableException.class).isThrownBy(() -> READER.read(Declarations.http()
			.bazaar("/schema/$defs", "{\"name\": {\"type\": \"string\", \"pattern\": \"^[A-Z][a-z]+$\"}}")
			.bazaar(INPUT + "/queryParams", "{\"properties\": {\"city\": {\"$ref\": \"#/$defs/name\"}}}")
			.bazaar("/info/input/queryParams/city", "\"oslo\"")
			.payment()));
	}

	/** Those that people write: dates, names, addresses, characters by their numbers. */
	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "^\\\\d{4}-\\\\d{2}-\\\\d{2}$ 2026-01-31 Oslo",
			"^[\\\\w.+-]{1,64}@([a-z0-9-]{1,63}\\\\.){1,8}[a-z]{2,}$ a@b.example a@b",
			"^(?:[A-Z][a-z]+|[\\\\u00C0-\\\\u00DE]\\\\S*)$ Oslo oslo", "^(a|b)*$ abab abc", "\\\\p{L} Ørsta 1" })
	void expressionDecides(String pattern, String right, String wrong) {
		assertThatNoException().isThrownBy(() -> READER.read(patterned(pattern, '"' + right + '"').payment()));
		assertThatExceptionOfType(UnlistableException.class)
			.isThrownBy(() -> READER.read(patterned(pattern, '"' + wrong + '"').payment()));
	}

	private static Declarations patterned(String pattern, String city) {
		return ruled("{\"pattern\": \"" + pattern + "\"}", city);
	}

	private static Declarations ruled(String rule, String city) {
		return Declarations.http()
			.bazaar(INPUT + "/queryParams", "{\"properties\": {\"city\": " + rule + "}}")
			.bazaar("/info/input/queryParams/city", city);
	}

	/** Read as infinite, it would be listed as a text. */
	@Test
	void numberWithoutEndIsRefused() {
		FacilitatorRequest right = Declarations.http().payment();
		Map<String, Object> info = Map.of("input",
				Map.of("type", "http", "method", "GET", "queryParams", Map.of("city", Double.POSITIVE_INFINITY)));
		BazaarDeclaration declared = BazaarDeclaration.of(right.paymentPayload().extensions()).orElseThrow();
		FacilitatorRequest endless = FacilitatorRequest.of(
				right.paymentPayload()
					.withExtensions(Map.of(BazaarDeclaration.EXTENSION, declared.with(info, null).members())),
				right.paymentRequirements());
		assertThatExceptionOfType(UnlistableException.class).isThrownBy(() -> READER.read(endless))
			.withMessageContaining("number");
	}

	private static Declarations expression(String expression) {
		return Declarations.http()
			.bazaar(INPUT + "/queryParams", "{\"properties\": {\"city\": {\"pattern\": \"" + expression + "\"}}}");
	}

	private static String doubling(int depth) {
		return IntStream.range(0, depth)
			.mapToObj((i) -> "\"d" + i + "\": {\"allOf\": [{\"$ref\": \"#/$defs/d" + (i + 1)
					+ "\"}, {\"$ref\": \"#/$defs/d" + (i + 1) + "\"}]}")
			.collect(Collectors.joining(",", "{", ", \"d" + depth + "\": {\"type\": \"object\"}}"));
	}

	private static String nested(int depth) {
		return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
	}

	private static String list(int size) {
		return List.of("1".repeat(size).split("")).toString();
	}

}
