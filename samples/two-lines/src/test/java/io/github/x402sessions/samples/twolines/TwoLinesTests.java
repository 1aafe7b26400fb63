package io.github.x402sessions.samples.twolines;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application as it is written down, but for where its facilitator is. Payment
 * headers are read and made by hand here, as any client may.
 */
class TwoLinesTests {

	private final JsonMapper json = new JsonMapper();

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void itCharges() throws Exception {
		WireMockServer facilitator = new WireMockServer(wireMockConfig().dynamicPort());
		facilitator.start();
		facilitator.stubFor(get("/supported").willReturn(okJson("""
				{"kinds":[{"x402Version":2,"scheme":"session","network":"stellar:testnet","extra":{}}]}""")));
		facilitator.stubFor(post("/verify").willReturn(okJson("{\"isValid\":true}")));
		facilitator.stubFor(post("/settle").willReturn(
				okJson("""
						{"success":true,"transaction":"ab1200000000000000000000000000000000000000000000000000000000000a","network":"stellar:testnet"}""")));
		try (ConfigurableApplicationContext application = SpringApplication.run(TwoLinesApplication.class,
				"--server.port=0", "--x402.facilitator.url=" + facilitator.baseUrl())) {
			URI quote = URI
				.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + "/quote");
			HttpResponse<String> unpaid = this.http.send(HttpRequest.newBuilder(quote).build(),
					HttpResponse.BodyHandlers.ofString());
			assertThat(unpaid.statusCode()).isEqualTo(402);
			JsonNode terms = this.json.readTree(unpaid.body()).at("/accepts/0");
			assertThat(terms.get("amount").asString()).isEqualTo("1000000");

			HttpResponse<String> paid = this.http.send(
					HttpRequest.newBuilder(quote).header("PAYMENT-SIGNATURE", payment(terms)).build(),
					HttpResponse.BodyHandlers.ofString());
			assertThat(paid.statusCode()).isEqualTo(200);
			assertThat(paid.body()).startsWith("What settles");
			facilitator.verify(1, postRequestedFor(urlEqualTo("/settle")));
		}
		finally {
			facilitator.stop();
		}
	}

	@Test
	void theReadmeOfTheStarterShowsExactlyThis() throws Exception {
		String readme = Files.readString(Path.of("../../x402-spring-boot-starter/README.md"));
		String pom = Files.readString(Path.of("pom.xml"));
		assertThat(pom.replaceAll("(?s)<dependency>(?:(?!</dependency>).)*<scope>test</scope>\\s*</dependency>", ""))
			.containsOnlyOnce("<dependency>");
		String dependency = pom.substring(pom.indexOf("\t\t<dependency>"), pom.indexOf("</dependency>") + 13);
		assertThat(readme).contains(dependency.replace("\n\t\t", "\n").strip());
		assertThat(readme).contains(Files.readString(Path.of("src/main/resources/application.yml")));
		assertThat(readme).contains("""
				@GetMapping("/quote")
				@X402Price("0.10")
				String quote() {
					return "What settles in five seconds is argued about for none.";
				}
				""");
	}

	private String payment(JsonNode terms) {
		ObjectNode payment = this.json.createObjectNode().put("x402Version", 2);
		payment.set("accepted", terms);
		payment.putObject("payload").put("sessionId", "s");
		return Base64.getEncoder().encodeToString(payment.toString().getBytes(StandardCharsets.UTF_8));
	}

}
