package io.github.x402sessions.spring.signing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.gate.ChallengeExtension;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.offer.DidWeb;
import io.github.x402sessions.core.offer.HttpDidKeys;
import io.github.x402sessions.core.offer.OfferKey;
import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.core.offer.OfferTerms;
import io.github.x402sessions.core.offer.OfferVerifier;
import io.github.x402sessions.core.offer.SignatureFinding;
import io.github.x402sessions.core.offer.SignedOffer;
import io.github.x402sessions.core.offer.SignedReceipt;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.fixtures.FreePort;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.X402Price;
import io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

class SignedApplicationTests {

	private final OfferKey key = OfferKey.random();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(X402SigningAutoConfiguration.class, X402AutoConfiguration.class))
		.withPropertyValues("x402.facilitator.url=http://localhost:4021");

	@Test
	void aServerWithAKeySignsWhatItOffersAndWhatItWasPaidFor() throws Exception {
		int port = FreePort.find();
		String base = "http://localhost:" + port;
		try (RunningShop shop = new RunningShop(Application.class,
				RunningShop.without("jetty.autoconfigure.servlet.Jetty"), "server.port=" + port,
				"x402.public-base-url=" + base, "x402.signing.key=" + this.key.toSecret())) {
			PaymentRequired challenge = shop.challenge("/quote");
			assertThat(challenge.extensions().keySet()).last().isEqualTo("catalogue");
			OfferVerifier verifier = new OfferVerifier(new HttpDidKeys());
			SignedOffer offer = SignedOffer.in(challenge.extensions()).get(0);
			SignatureFinding<OfferTerms> check = verifier.check(offer, URI.create(base + "/quote"), Instant.now());
			assertThat(check.holds()).as(check.why()).isTrue();
			assertThat(check.content().isOf(challenge.accepts().get(0))).isTrue();
			String payment = shop.paymentFor("/quote");
			SettleResponse receipt = PaymentHeader.decode(shop.send("/quote", PaymentHeader.SIGNATURE, payment)
				.headers()
				.firstValue(PaymentHeader.RESPONSE)
				.orElseThrow(), SettleResponse.class, 65536);
			SignedReceipt signed = SignedReceipt.in(receipt.extensions()).orElseThrow();
			assertThat(verifier.check(signed, URI.create(base + "/quote"), Instant.now()).holds()).isTrue();
			assertThat(shop.send("/.well-known/did.json").statusCode()).isEqualTo(200);
			assertThat(shop.send("/did.json").statusCode()).isEqualTo(402);
		}
	}

	@Test
	void withoutAKeyNothingIsSigned() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(PaymentGate.class)
			.doesNotHaveBean(OfferSigner.class)
			.doesNotHaveBean(ChallengeExtension.class));
	}

	@Test
	void theKeyCanBeInAFile(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("key"), this.key.toSecret() + "\n");
		OfferKey next = OfferKey.random();
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(X402SigningAutoConfiguration.class,
					X402DidDocumentAutoConfiguration.class, X402AutoConfiguration.class))
			.withPropertyValues("x402.facilitator.url=http://localhost:4021", "x402.signing.key=file:" + file,
					"x402.signing.did=did:web:shop.example", "x402.signing.other-keys=" + next.publicKey())
			.run((context) -> {
				OfferSigner signer = context.getBean(OfferSigner.class);
				assertThat(signer.did()).isEqualTo(DidWeb.parse("did:web:shop.example"));
				assertThat(new String(signer.document(), StandardCharsets.UTF_8))
					.contains(this.key.publicKey().toString(), next.publicKey().toString());
				assertThat(context).hasBean("x402DidDocument");
			});
	}

	@ParameterizedTest
	@CsvSource({ "key=seecret, x402.signing.key", "key=file:/there/is/none, x402.signing.key",
			"did=shop.example, x402.signing.did", "did=, x402.signing.did",
			"other-keys=AAAA, x402.signing.other-keys[0]", "offer-validity=1s, x402.signing.offer-validity" })
	void aWrongPropertyIsNamed(String property, String named) {
		this.runner
			.withPropertyValues("x402.signing.did=did:web:shop.example", "x402.signing.key=" + this.key.toSecret(),
					"x402.signing." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(named)
				.hasMessageNotContaining("seecret"));
	}

	@Configuration
	@EnableAutoConfiguration
	@RestController
	static class Application {

		@GetMapping("/quote")
		@X402Price("0.01")
		String quote() {
			return "42";
		}

		@GetMapping("/did.json")
		@X402Price("0.01")
		String own() {
			return "mine";
		}

		@Bean
		@Order(10)
		ChallengeExtension catalogue() {
			return new ChallengeExtension() {

				@Override
				public String name() {
					return "catalogue";
				}

				@Override
				public Optional<Map<String, Object>> of(PricedRoute route, PaymentRequired challenge) {
					return Optional.of(Map.of("info", Map.of("route", route.name())));
				}

			};
		}

	}

}
