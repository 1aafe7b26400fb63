package io.github.x402sessions.samples.agent.session;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.offer.Offer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SessionOptions} and its defaults.
 */
class SessionOptionsTests {

	@ParameterizedTest
	@CsvSource({ "http://localhost:4021,http://localhost:8000/rpc", "http://127.0.0.1:4021,http://localhost:8000/rpc",
			"http://[::1]:4021,http://localhost:8000/rpc",
			"https://facilitator.example,https://soroban-testnet.stellar.org",
			"https://localhost.example,https://soroban-testnet.stellar.org" })
	void rpcFollowsTheFacilitator(String facilitator, String rpc) {
		assertThat(new SessionOptions().rpc(URI.create(facilitator), Network.STELLAR_TESTNET))
			.isEqualTo(URI.create(rpc));
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:4021,http://127.0.0.1:8080/quote,true",
			"http://thief.example,http://localhost:8080/quote,false",
			"http://localhost@thief.example,http://localhost:8080/quote,false",
			"http://localhost:4021,http://shop.example/quote,false",
			"https://facilitator.example,https://shop.example/quote,false" })
	void serverNamesTheFacilitatorOnThisMachineOnly(String facilitator, String server, boolean believed) {
		SessionOptions options = new SessionOptions();
		if (believed) {
			assertThat(options.facilitator(offer(facilitator), URI.create(server))).isEqualTo(URI.create(facilitator));
		}
		else {
			assertThatExceptionOfType(WrongOptionException.class)
				.isThrownBy(() -> options.facilitator(offer(facilitator), URI.create(server)))
				.withMessageContainingAll("--facilitator: is needed", facilitator);
		}
		new CommandLine(new Holder(options)).parseArgs("--facilitator", "https://mine.example");
		assertThat(options.facilitator(offer(facilitator), URI.create(server)))
			.isEqualTo(URI.create("https://mine.example"));
	}

	@ParameterizedTest
	@CsvSource({ "3600,PT1H", "90s,PT90S", "30m,PT30M", "1h,PT1H", "7d,P7D", "PT1H,PT1H", "pt2h30m,PT2H30M" })
	void timesComeInShortAndLongForms(String text, Duration time) {
		SessionOptions options = new SessionOptions();
		new CommandLine(new Holder(options)).parseArgs("--expires-in", text);
		assertThat(options.expiresIn()).isEqualTo(time);
	}

	@Test
	void defaultsAreOneTokenForTwoHours() {
		SessionOptions options = new SessionOptions();
		new CommandLine(new Holder(options)).parseArgs();
		assertThat(options.cap()).isEqualTo("1.00");
		assertThat(options.expiresIn()).isEqualTo(Duration.ofHours(2));
		assertThat(options.recipient(offer("http://localhost"))).isEqualTo("GSHOP");
	}

	private static Offer offer(String facilitator) {
		return new Offer(Network.STELLAR_TESTNET, Asset.usdc(Network.STELLAR_TESTNET), "GSHOP", BigInteger.ONE,
				URI.create(facilitator), "session");
	}

	@CommandLine.Command
	private static final class Holder {

		@CommandLine.Mixin
		private final SessionOptions options;

		private Holder(SessionOptions options) {
			this.options = options;
		}

	}

}
