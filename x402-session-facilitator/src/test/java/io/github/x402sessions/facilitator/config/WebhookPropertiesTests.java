package io.github.x402sessions.facilitator.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Wrong settings of webhooks are named, and no secret is repeated.
 */
class WebhookPropertiesTests {

	private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "webhooks[0].name,Shop", "webhooks[0].name,application", "webhooks[0].url,''",
			"webhooks[0].url,shop.example/hook", "webhooks[0].url,https://user:whsec_@shop.example",
			"webhooks[0].url,ftp://shop.example", "webhooks[0].url,https://shop.example/#a",
			"webhooks[0].secret,whsec_dG9vLXNob3J0", "webhooks[0].secret,whsec_?",
			"webhooks[0].secret,MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "webhooks[0].recipients,GABC",
			"webhooks[0].timeout,0s", "webhooks[0].timeout,6m", "events.interval,0s", "events.first-retry,0s",
			"events.last-retry,2h", "events.last-retry,1s", "events.retention,1m", "events.retention,31d" })
	void wrongValueIsNamed(String property, String value) {
		InvalidPropertyException failure = failure(Map.of(property, value));
		assertThat(failure).hasMessageStartingWith("facilitator." + property.replace("[0]", "[]") + " ");
		assertThat(failure.getMessage()).doesNotContain("whsec_", "MfKQ");
		assertThat(failure.fix()).matches("(Set|List) .*").doesNotContain("MfKQ");
	}

	@Test
	void twoWebhooksHaveTwoNames() {
		assertThat(failure(Map.of("webhooks[1].name", "shop", "webhooks[1].url", "https://b.example",
				"webhooks[1].secret", SECRET)))
			.hasMessageStartingWith("facilitator.webhooks[].name ");
	}

	@Test
	void secretStandsInTheConfigurationOrInAFile() throws Exception {
		Path file = Files.writeString(this.directory.resolve("secret"), SECRET + "\n");
		WebhookProperties webhook = of("https://shop.example", null, file);
		assertThat(webhook.key()).isEqualTo(of("https://shop.example", SECRET, null).key()).hasSize(24);
		Files.writeString(file, "nothing");
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(webhook::key)
			.withMessageStartingWith("facilitator.webhooks[].secret-file is not");
		Files.delete(file);
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(webhook::key)
			.withMessageStartingWith("facilitator.webhooks[].secret-file of 'shop' cannot be read");
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> of("https://shop.example", SECRET, file))
			.withMessageStartingWith("facilitator.webhooks[].secret ");
	}

	@Test
	void eventsGoByHttpsExceptToThisMachineOnALocalTestNetwork() {
		assertThatNoException().isThrownBy(() -> of("https://shop.example/hook", SECRET, null).requireReachable(false));
		assertThatNoException().isThrownBy(() -> of("http://localhost:8080/hook", SECRET, null).requireReachable(true));
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> of("http://localhost:8080/hook", SECRET, null).requireReachable(false))
			.withMessageStartingWith("facilitator.webhooks[].url ");
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> of("http://shop.example/hook", SECRET, null).requireReachable(true));
	}

	@Test
	void textHoldsNeitherTheSecretNorTheUrl() {
		assertThat(of("https://shop.example/token", SECRET, null)).asString()
			.contains("shop")
			.doesNotContain("token", "MfKQ");
	}

	private static WebhookProperties of(String url, String secret, Path file) {
		return new WebhookProperties("shop", url, secret, file, List.of(), List.of(), Duration.ofSeconds(10));
	}

	private static InvalidPropertyException failure(Map<String, String> changed) {
		Map<String, String> properties = new HashMap<>(Map.of("facilitator.webhooks[0].name", "shop",
				"facilitator.webhooks[0].url", "https://shop.example/hook", "facilitator.webhooks[0].secret", SECRET));
		changed.forEach((name, value) -> properties.put("facilitator." + name, value));
		Throwable failure = catchThrowable(() -> new Binder(new MapConfigurationPropertySource(properties))
			.bind("facilitator", EventProperties.class));
		while (failure != null && !(failure instanceof InvalidPropertyException)) {
			failure = failure.getCause();
		}
		assertThat(failure).as("%s", properties).isNotNull();
		return (InvalidPropertyException) failure;
	}

}
