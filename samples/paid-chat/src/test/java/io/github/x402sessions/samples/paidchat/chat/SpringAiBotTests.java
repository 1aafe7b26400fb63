package io.github.x402sessions.samples.paidchat.chat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.samples.paidchat.Ledger;
import io.github.x402sessions.samples.paidchat.StartedPaidChat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A language model behind OpenAI's API: streamed, and charged by length.
 */
class SpringAiBotTests {

	private static WireMockServer model;

	private static StartedPaidChat chat;

	private static Session session;

	@BeforeAll
	static void start() throws Exception {
		model = new WireMockServer(wireMockConfig().dynamicPort());
		model.start();
		model.stubFor(post(urlPathMatching(".*/chat/completions")).withRequestBody(matchingJsonPath("$.stream"))
			.willReturn(ok(chunks("Hello", " from", " a model.")).withHeader("Content-Type", "text/event-stream")));
		model.stubFor(post(urlPathMatching(".*/chat/completions")).withRequestBody(containing("talk"))
			.atPriority(1)
			.willReturn(ok(chunks("And so ".repeat(30), "on.")).withHeader("Content-Type", "text/event-stream")));
		model.stubFor(post(urlPathMatching(".*/chat/completions")).withRequestBody(containing("break down"))
			.atPriority(1)
			.willReturn(serverError()));
		chat = StartedPaidChat.start("--spring.profiles.active=openai", "--spring.ai.openai.api-key=none",
				"--spring.ai.openai.base-url=" + model.baseUrl() + "/v1", "--spring.ai.retry.max-attempts=1",
				"--spring.ai.openai.max-retries=0");
		HttpResponse<String> unpaid = HttpClient.newHttpClient()
			.send(request("/api/chat/stream", "Hi"), HttpResponse.BodyHandlers.ofString());
		PaymentRequirements terms = PaymentHeader
			.decode(unpaid.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(), PaymentRequired.class, 65536)
			.accepts()
			.get(0);
		SessionSigner payer = SessionSigner.random();
		new Ledger(chat.rpc()).fund(payer.accountId(), 10);
		session = SessionClient.builder()
			.signer(payer)
			.facilitator(URI.create((String) terms.extra().get("facilitatorUrl")))
			.rpc(chat.rpc())
			.recipient(terms.payTo())
			.cap("1.00")
			.expiresIn(Duration.ofHours(1))
			.allowedOrigins(chat.url("/"))
			.open();
	}

	@AfterAll
	static void stop() {
		chat.close();
		model.stop();
	}

	/**
	 * The session is too short for credit, so the stream is settled before it leaves, for
	 * its own length.
	 */
	@Test
	void aStreamIsChargedByTheWord() throws Exception {
		HttpResponse<String> reply = send("/api/chat/stream", "Hi");
		assertThat(reply.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
		assertThat(reply.body().lines().filter((line) -> !line.isBlank())).containsExactly(
				"data:{\"text\":\"Hello\",\"charged\":\"0.002\"}", "data:{\"text\":\" from\",\"charged\":\"0.004\"}",
				"data:{\"text\":\" a\",\"charged\":\"0.006\"}", "data:{\"text\":\" model.\",\"charged\":\"0.008\"}");
		assertThat(charged(reply)).isEqualTo("0.008");
	}

	@Test
	void aStreamEndsWhereThePriceDoes() throws Exception {
		HttpResponse<String> reply = send("/api/chat/stream", "talk");
		assertThat(reply.body().lines().filter((line) -> !line.isBlank())).hasSize(50)
			.last()
			.asString()
			.contains("\"charged\":\"0.1\"");
	}

	@Test
	void aWholeReplyIsChargedByItsOwnLength() throws Exception {
		HttpResponse<String> reply = send("/api/chat", "Hi".repeat(1000));
		assertThat(reply.body()).contains("\"reply\":\"Hello from a model.\"");
		assertThat(charged(reply)).isEqualTo("0.02");
	}

	@Test
	void aModelThatFailsCostsNothing() throws Exception {
		HttpResponse<String> failed = send("/api/chat/stream", "break down");
		assertThat(failed.statusCode()).isGreaterThanOrEqualTo(500);
		assertThat(PaymentReceipt.from(failed)).isEmpty();
	}

	private static String charged(HttpResponse<?> response) {
		return session.asset().toDecimal(PaymentReceipt.from(response).orElseThrow().amount());
	}

	private static HttpResponse<String> send(String path, String message) throws Exception {
		return session.httpClient().send(request(path, message), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest request(String path, String message) {
		return HttpRequest.newBuilder(chat.url(path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"" + message + "\"}"))
			.build();
	}

	private static String chunks(String... words) {
		StringBuilder stream = new StringBuilder();
		for (String word : words) {
			stream.append("data: ").append("""
					{"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":\
					{"role":"assistant","content":"%s"},"finish_reason":null}]}""".formatted(word)).append("\n\n");
		}
		return stream.append("data: [DONE]\n\n").toString();
	}

}
