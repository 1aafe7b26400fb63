package io.github.x402sessions.client;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.client.payment.PaymentReceipt;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the code in the module's README is code that compiles: it is the code here.
 */
class ReadmeTests {

	private static final Logger logger = LoggerFactory.getLogger(ReadmeTests.class);

	@Test
	void codeOfTheReadmeIsCompiledHere() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		String source = Files.readString(Path.of("src/test/java/io/github/x402sessions/client/ReadmeTests.java"));
		Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
		assertThat(blocks.find()).isTrue();
		assertThat(words(source)).contains(words(blocks.group(1)));
	}

	private static String words(String code) {
		return code.replaceAll("\\s+", "");
	}

	SessionState example(String secret, String shop, HttpRequest request) throws IOException, InterruptedException {
		Session session = SessionClient.builder()
			.signer(SessionSigner.ofSecret(secret))
			.facilitator(URI.create("https://facilitator.example"))
			.recipient(shop)
			.cap("1.00")
			.expiresIn(Duration.ofHours(1))
			.maxPerCall("0.10")
			.maxPerPeriod("0.50", Duration.ofMinutes(10))
			.allowedOrigins(URI.create("https://api.example"))
			.prepaying()
			.listener((event) -> logger.info("{}", event))
			.open();

		HttpClient client = session.httpClient();
		HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
		PaymentReceipt.from(answer).ifPresent((receipt) -> log(receipt.transaction(), receipt.remaining()));

		SessionState state = session.state();
		session.topUp("1.00");
		session.close();
		return state;
	}

	private static void log(String transaction, BigInteger remaining) {
		assertThat(transaction).isNotNull();
		assertThat(remaining).isNotNull();
	}

}
