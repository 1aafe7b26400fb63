package io.github.x402sessions.samples.legacyrun;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.samples.local.LocalSettings;
import io.github.x402sessions.samples.local.LocalStellar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The packaged web application, on the Tomcat that it was written for and on the newest.
 */
class LegacyServletTests {

	static final Path WAR = Path.of("../legacy-servlet/target/legacy-servlet.war");

	private static LocalStellar stellar;

	private static SessionSigner payer;

	@BeforeAll
	static void start() {
		assumeThat(WAR).as("package samples/legacy-servlet first, as mvn verify does").exists();
		stellar = LocalStellar
			.start(new LocalSettings(0, Duration.ofMillis(200), 0, null, Map.of("poll-interval", "50ms"), 0));
		payer = SessionSigner.random();
		stellar.fund(payer.accountId(), new BigDecimal("5"));
	}

	@AfterAll
	static void stop() {
		if (stellar != null) {
			stellar.close();
		}
	}

	@Test
	void theServletIsAsItWas() throws Exception {
		assertThat(Files.readString(
				Path.of("../legacy-servlet/src/main/java/io/github/x402sessions/samples/legacy/ReportServlet.java")))
			.doesNotContain("x402sessions.servlet", "jakarta.");
	}

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT_9", "TOMCAT_11" })
	void charges(WarServer server) throws Exception {
		Map<String, String> settings = settings(stellar.facilitator().url().toString(), stellar.merchant());
		try (RunningWar war = server.start(WAR, settings)) {
			charges(war.port());
		}
	}

	/** What the application finds of its surroundings. */
	static Map<String, String> settings(String facilitator, String payee) {
		return Map.of("x402.facilitator-url", facilitator, "x402.pay-to", payee);
	}

	private static void charges(int port) throws Exception {
		URI report = URI.create("http://localhost:" + port + "/report?month=2010-03");
		HttpClient unpaying = HttpClient.newHttpClient();
		HttpResponse<String> unpaid = send(unpaying, report);
		assertThat(unpaid.statusCode()).isEqualTo(402);
		assertThat(unpaid.body()).doesNotContain("North");
		assertThat(send(unpaying, report.resolve("/")).body()).contains("<h1>Reports</h1>");

		Session session = SessionClient.builder()
			.signer(payer)
			.facilitator(stellar.facilitator().url())
			.rpc(URI.create(stellar.rpcUrl()))
			.recipient(stellar.merchant())
			.cap("0.10")
			.expiresIn(Duration.ofHours(1))
			.allowedOrigins(report)
			.open();
		HttpResponse<String> paid = send(session.httpClient(), report);
		assertThat(paid.statusCode()).isEqualTo(200);
		assertThat(paid.body()).contains("<h1>Report 2010-03</h1>", "<td>North</td>");
		assertThat(PaymentReceipt.from(paid).orElseThrow().amount()).isEqualTo(500_000);

		assertThat(send(session.httpClient(), report.resolve("/report?month=soon")).statusCode()).isEqualTo(400);
		assertThat(session.remaining()).isEqualTo(500_000);
	}

	private static HttpResponse<String> send(HttpClient client, URI url) throws Exception {
		return client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
	}

}
