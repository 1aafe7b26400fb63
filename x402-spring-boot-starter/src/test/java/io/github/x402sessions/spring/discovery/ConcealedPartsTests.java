package io.github.x402sessions.spring.discovery;

import java.util.Map;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.X402Price;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The parts of handlers that strangers are not told of.
 */
class ConcealedPartsTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatIsConfiguredHiddenOrAboutTheCallerIsNotTold(boolean springdoc) throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, "springdoc.api-docs.enabled=" + springdoc,
				"shop.internal-token=s3cr3t-value", "shop.parameter=named")) {
			String list = shop.send("/.well-known/x402").body();
			assertThat(list).contains("/configured", "/form", "\"plain\"", "\"shown\"")
				.doesNotContain("s3cr3t", "internal-token", "X-Api-Key", "X-Auth-Token", "Authorization", "concealed",
						"${", "#{");
			assertThat(shop.challenge("/configured").extensions().get(BazaarDeclaration.EXTENSION).toString())
				.doesNotContain("s3cr3t", "internal-token", "X-Api-Key", "${", "#{");
			for (String path : new String[] { "/hidden", "/operation", "/all" }) {
				assertThat(list).doesNotContain(shop.challenge(path).resource().url() + "\"");
				assertThat(shop.challenge(path).extensions()).doesNotContainKey(BazaarDeclaration.EXTENSION);
			}
			assertThat(list).contains("/all/told\"");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = ServletWebSecurityAutoConfiguration.class)
	@Import({ Api.class, HiddenApi.class })
	static class Application {

	}

	@RestController
	@X402Price("0.10")
	static class Api {

		@GetMapping(path = "/configured", headers = "Authorization!=none")
		@Operation(summary = "${shop.internal-token}")
		Map<String, String> configured(@RequestParam(defaultValue = "${shop.internal-token}") String token,
				@RequestParam(defaultValue = "#{systemProperties['user.home']}") String home,
				@RequestParam(name = "${shop.parameter}", required = false) String named,
				@RequestParam(defaultValue = "plain") String plain,
				@RequestHeader(name = "X-Api-Key", required = false) String key,
				@RequestHeader(name = "X-Auth-Token", defaultValue = "s3cr3t-header") String header,
				@Parameter(hidden = true) @RequestParam(required = false) String concealed,
				@Parameter(example = "${shop.internal-token}") @RequestParam(required = false) String example) {
			return Map.of();
		}

		@GetMapping(path = "/condition", headers = "X-Api-Key=s3cr3t-condition")
		String condition() {
			return "";
		}

		@PostMapping(path = "/form", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
		String form(@RequestParam(defaultValue = "${shop.internal-token}") String token,
				@RequestParam(defaultValue = "shown") String plain) {
			return "";
		}

		@Hidden
		@GetMapping("/hidden")
		String hidden() {
			return "";
		}

		@Operation(hidden = true)
		@GetMapping("/operation")
		String operation() {
			return "";
		}

	}

	@Hidden
	@RestController
	static class HiddenApi {

		@GetMapping("/all")
		@X402Price("0.10")
		String all() {
			return "";
		}

		@GetMapping("/all/told")
		@X402Price(price = "0.10", discoverable = true)
		String told() {
			return "";
		}

	}

}
