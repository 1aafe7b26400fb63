package io.github.x402sessions.facilitator;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that no honest program makes: a clear 400, nothing of the inside, and the
 * process lives on.
 */
class HostileRequestTests {

	private static FacilitatorEnvironment environment;

	@BeforeAll
	static void open() {
		environment = FacilitatorEnvironment.open();
	}

	@AfterAll
	static void close() {
		environment.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "\"\"", "1", "{}", "{\"x402Version\":3}", "{\"x402Version\":\"2\"}",
			"{\"x402Version\":1}", "{\"x402Version\":1,\"paymentPayload\":{},\"paymentRequirements\":{}}",
			"{\"x402Version\":2,\"paymentPayload\":[]}", "{\"x402Version\":2,\"x402Version\":2}", "{} {}",
			"{\"approvalTxHash\":1}", "{\"expirationLedger\":\"7\"}", "{\"expirationLedger\":1e99}", "\u0000" })
	void brokenBody(String body) {
		for (String path : new String[] { "/verify", "/settle", "/sessions" }) {
			Reply reply = environment.client.postText(path, body);
			assertThat(reply.status()).as(path).isEqualTo(400);
			assertThat(reply.text("error")).isNotBlank().doesNotContain("Exception", "at [Source");
		}
		assertThat(environment.client.get("/health").status()).isEqualTo(200);
	}

	@Test
	void deepBodyAndLongBody() {
		assertThat(environment.client.postText("/verify", "[".repeat(60_000)).status()).isEqualTo(400);
		Reply longBody = environment.client.postText("/settle", "{\"a\":\"" + "x".repeat(70_000) + "\"}");
		assertThat(longBody.status()).isEqualTo(400);
		assertThat(longBody.text("error")).contains("65536");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					paymentRequirements.amount | {"x402Version":2,"paymentPayload":{"x402Version":2,"accepted":{"scheme":"session","network":"n","amount":"1","asset":"a","payTo":"p","maxTimeoutSeconds":1},"payload":{}},"paymentRequirements":{"scheme":"session","network":"n","amount":1,"asset":"a","payTo":"p","maxTimeoutSeconds":1}}
					payload | {"x402Version":2,"paymentPayload":{"x402Version":2,"accepted":{"scheme":"session","network":"n","amount":"1","asset":"a","payTo":"p","maxTimeoutSeconds":1}}}
					paymentRequirements | {"x402Version":2,"paymentPayload":{"x402Version":2,"accepted":{"scheme":"session","network":"n","amount":"1","asset":"a","payTo":"p","maxTimeoutSeconds":1},"payload":{}}}
					""")
	void messageNamesTheField(String field, String body) {
		Reply reply = environment.client.postText("/settle", body);
		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.text("error")).contains("'" + field + "'");
	}

	@Test
	void otherPathsAndMethodsAreRefusedWithoutRepeatingThem() {
		assertThat(environment.client.get("/verify").status()).isEqualTo(405);
		assertThat(environment.client.postText("/sessions/secret", "{}").status()).isEqualTo(405);
		Reply reply = environment.client.get("/sessions/secret/more");
		assertThat(reply.status()).isEqualTo(405);
		assertThat(reply.body().toString()).doesNotContain("secret");
		assertThat(environment.client.get("/application.yml").status()).isEqualTo(404);
	}

	@Test
	void missingRegistrationFieldIsNamed() {
		assertThat(environment.client.postText("/sessions", "{\"expirationLedger\":1}").text("error"))
			.isEqualTo("'approvalTxHash' is missing");
	}

}
