package io.github.x402sessions.samples.legacyrun;

import java.io.BufferedReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.SessionSigner;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.samples.local.LocalSettings;
import io.github.x402sessions.samples.local.LocalStellar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The packaged web application, on the Tomcat that it was written for and on the newest.
 */
class LegacyServletTests {

	private static final Path WAR = Path.of("../legacy-servlet/target/legacy-servlet.war");

	private static LocalStellar stellar;

	private static SessionSigner payer;

	@BeforeAll
	static void start() {
		assumeThat(WAR).as("package samples/legacy-servlet first, as mvn verify does").exists();
		stellar = LocalStellar
			.start(new LocalSettings(0, Duration.ofMillis(200), 0, null, Map.of("poll-interval", "50ms")));
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

	@Test
	void chargesOnTomcat11() throws Exception {
		System.setProperty("x402.facilitator-url", stellar.facilitator().url().toString());
		System.setProperty("x402.pay-to", stellar.merchant());
		try (WebApplication application = WebApplication.start(JakartaWar.of(WAR), 0)) {
			charges(application.port());
		}
		finally {
			System.clearProperty("x402.facilitator-url");
			System.clearProperty("x402.pay-to");
		}
	}

	@Test
	void chargesOnTomcat9() throws Exception {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", "target/tomcat9/*:target/classes", OnTomcat9.class.getName(), WAR.toString(), "0")
			.redirectErrorStream(true);
		builder.environment().put("X402_FACILITATOR_URL", stellar.facilitator().url().toString());
		builder.environment().put("X402_PAY_TO", stellar.merchant());
		Process process = builder.start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			charges(port(output));
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static int port(BufferedReader output) throws Exception {
		StringBuilder seen = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			seen.append(line).append('\n');
			if (line.startsWith("Ready on port ")) {
				return Integer.parseInt(line.substring("Ready on port ".length()));
			}
		}
		throw new AssertionError("Tomcat 9 did not start:\n" + seen);
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
