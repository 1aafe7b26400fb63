package io.github.x402sessions.spring.discovery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.gate.BazaarExtension;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.spring.RunningShop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What challenges tell catalogues of handlers of different kinds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeclaredHandlersTests {

	static final String ORDER = "123e4567-e89b-12d3-a456-426614174000";

	private final String[] properties;

	RunningShop shop;

	DeclaredHandlersTests(String... properties) {
		this.properties = properties;
	}

	@BeforeAll
	void start() {
		this.shop = new RunningShop(Application.class, this.properties);
	}

	@AfterAll
	void stop() {
		this.shop.close();
	}

	@ParameterizedTest
	@CsvSource({ "GET, /weather?city=Oslo", "GET, /users/" + ORDER + "/orders/7", "POST, /orders", "POST, /login",
			"POST, /pictures", "PUT, /pages/one", "DELETE, /units?unit=METRIC", "GET, /words?prompt=abc",
			"GET, /report", "POST, /tree?mode=deep", "POST, /echo", "POST, /run" })
	void everyDeclarationFitsItsSchemaAndTheHeaders(String method, String path) throws Exception {
		BazaarDeclaration declaration = declaration(method, path);
		String schema = new String(WireJson.write(declaration.schema()), StandardCharsets.UTF_8);
		String info = new String(WireJson.write(declaration.info()), StandardCharsets.UTF_8);
		assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(schema)
			.validate(info, InputFormat.JSON)).as(info + "\n" + schema).isEmpty();
		assertThat(schema).doesNotContain("$ref").doesNotContain("examples");
		assertThat(WireJson.write(declaration.members())).hasSizeLessThanOrEqualTo(BazaarExtension.MAX_LENGTH);
		assertThat(json(declaration).at("/info/input/method").asString()).isEqualTo(method);
	}

	@Test
	void aQueryIsToldWithItsTextsAndItsRange() throws Exception {
		JsonNode told = json(declaration("GET", "/weather?city=Oslo"));
		assertThat(told.at("/info/input/queryParams/city").asString()).isEqualTo("Oslo");
		assertThat(told.at("/info/input/queryParams/days").asInt()).isEqualTo(3);
		assertThat(told.at("/info/input/queryParams/unit").asString()).isEqualTo("METRIC");
		assertThat(told.at("/info/input/headers").propertyNames()).containsExactly("Accept-Language");
		JsonNode query = told.at("/schema/properties/input/properties/queryParams");
		assertThat(query.at("/properties/city/description").asString()).isEqualTo("Name of the city");
		assertThat(query.at("/properties/days/maximum").asInt()).isEqualTo(14);
		assertThat(query.at("/required").values()).extracting(JsonNode::asString).containsExactly("city");
		assertThat(told.at("/info/output/type").asString()).isEqualTo("json");
		assertThat(told.at("/info/output/example/days/0/temperature").asDouble()).isEqualTo(-3.5);
		assertThat(this.shop.challenge("/weather?city=Oslo").resource().description()).isEqualTo("Weather of a city");
	}

	@Test
	void aPathIsToldByItsTemplateAndNotByWhatOneBuyerAskedFor() throws Exception {
		BazaarDeclaration declaration = declaration("GET", "/users/" + ORDER + "/orders/7");
		assertThat(declaration.routeTemplate()).isEqualTo("/users/:userId/orders/:orderId");
		JsonNode path = json(declaration).at("/info/input/pathParams");
		assertThat(path.propertyNames()).containsExactlyInAnyOrder("userId", "orderId");
		assertThat(path.at("/orderId").asString()).isEqualTo("1");
		assertThat(declaration("GET", "/users/00000000-0000-0000-0000-000000000001/orders/8")).isEqualTo(declaration);
	}

	@Test
	void aRecordIsToldWithWhatItsValidationAsksFor() throws Exception {
		JsonNode told = json(declaration("POST", "/orders"));
		assertThat(told.at("/info/input/bodyType").asString()).isEqualTo("json");
		JsonNode body = told.at("/schema/properties/input/properties/body");
		assertThat(body.at("/required").values()).extracting(JsonNode::asString)
			.containsExactlyInAnyOrder("id", "name", "created", "lines");
		assertThat(body.at("/properties/name/maxLength").asInt()).isEqualTo(40);
		assertThat(body.at("/properties/lines/items/properties/count/maximum").asInt()).isEqualTo(99);
		assertThat(body.at("/properties/unit/enum").values()).extracting(JsonNode::asString)
			.containsExactly("METRIC", "imperial");
		assertThat(body.at("/properties/odd/pattern").isMissingNode()).isTrue();
	}

	@Test
	void formsAndFilesAreFormData() throws Exception {
		JsonNode form = json(declaration("POST", "/login")).at("/info/input");
		assertThat(form.at("/bodyType").asString()).isEqualTo("form-data");
		assertThat(form.at("/body").propertyNames()).containsExactlyInAnyOrder("user", "age");
		JsonNode upload = json(declaration("POST", "/pictures")).at("/info/input");
		assertThat(upload.at("/bodyType").asString()).isEqualTo("form-data");
		assertThat(upload.at("/body/file").isString()).isTrue();
	}

	@Test
	void textAndNothingAreBodiesToo() throws Exception {
		JsonNode text = json(declaration("POST", "/echo")).at("/info/input");
		assertThat(text.at("/bodyType").asString()).isEqualTo("text");
		assertThat(text.at("/body").isString()).isTrue();
		assertThat(json(declaration("POST", "/run")).at("/info/input/body").isObject()).isTrue();
	}

	@Test
	void streamsAndFilesAreToldByTheirMediaType() throws Exception {
		JsonNode stream = json(declaration("GET", "/words?prompt=abc")).at("/info/output");
		assertThat(stream.at("/format").asString()).isEqualTo("text/event-stream");
		JsonNode file = json(declaration("GET", "/report")).at("/info/output");
		assertThat(file.at("/format").asString()).isEqualTo("application/pdf");
		assertThat(file.at("/example").isMissingNode()).isTrue();
	}

	@Test
	void whatIsNotDiscoverableIsSoldAndNotTold() throws Exception {
		assertThat(this.shop.challenge("/secret").extensions()).doesNotContainKey(BazaarDeclaration.EXTENSION);
		assertThat(list("/.well-known/x402").at("/items").toString()).doesNotContain("/secret");
	}

	@Test
	void aPayerCannotChangeWhatCataloguesHear() throws Exception {
		PaymentRequired challenge = this.shop.challenge("/weather?city=Oslo");
		Map<String, Object> told = new LinkedHashMap<>(challenge.extensions());
		assertThat(pay(challenge, told)).isEqualTo(200);
		BazaarDeclaration declared = BazaarDeclaration.of(told).orElseThrow();
		told.put(BazaarDeclaration.EXTENSION,
				new BazaarDeclaration(Map.of("input", Map.of("type", "http", "method", "GET")), declared.schema(), null)
					.members());
		assertThat(pay(challenge, told)).isEqualTo(402);
	}

	private int pay(PaymentRequired challenge, Map<String, Object> extensions) throws Exception {
		PaymentPayload payment = new PaymentPayload(2, challenge.resource(), challenge.accepts().get(0),
				Map.of("sessionId", "s"), extensions);
		return this.shop
			.send("/weather?city=Oslo", PaymentHeader.SIGNATURE, PaymentHeader.encode(payment), "Accept-Language", "nb",
					"Authorization", "none")
			.statusCode();
	}

	@Test
	void theWellKnownListHasWhatIsForSale() throws Exception {
		JsonNode list = list("/.well-known/x402");
		Path kept = Files.createDirectories(Path.of("target/discovery"));
		Files.writeString(kept.resolve(getClass().getSimpleName() + ".json"), list.toString());
		assertThat(list.at("/resources").values()).extracting(JsonNode::asString)
			.contains("http://localhost:" + this.shop.port() + "/weather",
					"http://localhost:" + this.shop.port() + "/users/:userId/orders/:orderId");
		JsonNode weather = list.at("/items")
			.valueStream()
			.filter((item) -> item.path("resource").asString().endsWith("/weather"))
			.findFirst()
			.orElseThrow();
		assertThat(weather.path("method").asString()).isEqualTo("GET");
		assertThat(weather.path("type").asString()).isEqualTo("http");
		assertThat(weather.path("accepts").get(0).path("amount").asString()).isEqualTo("1000000");
		assertThat(weather.at("/extensions/bazaar/info/input/type").asString()).isEqualTo("http");
		assertThat(list.propertyNames()).doesNotContain("iconUrl", "partialResults");
		assertThat(weather.propertyNames()).doesNotContain("pricedPerRequest", "mimeType");
	}

	JsonNode list(String path) throws Exception {
		return new JsonMapper().readTree(this.shop.send(path).body());
	}

	BazaarDeclaration declaration(String method, String path) throws Exception {
		PaymentRequired challenge = PaymentHeader.decode(
				this.shop.method(method, path, type(path)).headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(),
				PaymentRequired.class, 65536);
		return BazaarDeclaration.of(challenge.extensions()).orElseThrow();
	}

	private static String[] type(String path) {
		return Map
			.of("/login", List.of("Content-Type", "application/x-www-form-urlencoded"), "/pictures",
					List.of("Content-Type", "multipart/form-data;boundary=x"))
			.getOrDefault(path, List.of("Content-Type", "application/json"))
			.toArray(String[]::new);
	}

	static JsonNode json(BazaarDeclaration declaration) {
		return new JsonMapper().readTree(WireJson.write(declaration.members()));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import(SoldApi.class)
	static class Application {

	}

}
