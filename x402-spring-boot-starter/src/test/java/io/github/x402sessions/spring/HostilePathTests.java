package io.github.x402sessions.spring;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No spelling of a URL gets around the price of a handler method or of a configured
 * route, on either container, with and without a context path.
 */
class HostilePathTests {

	private static final String[] RUN = { "/api/premium", "/api/premium;x=1", "/api;v=1/premium", "/api/premium;",
			"/api/%70remium", "/%61pi/premium" };

	private static final String[] DO_NOT_RUN = { "//api/premium", "/api//premium", "/./api/premium",
			"/x/../api/premium", "/x/%2e%2e/api/premium", "/%2e/api/premium", "/x/..;/api/premium", "/api/premium/",
			"/API/premium", "/api/premium.json", "/api/premium%20", "/api/premium%0a", "/api%2Fpremium",
			"/api%5Cpremium", "/api\\\\premium", "/api/premium%00" };

	@ParameterizedTest
	@ValueSource(strings = { "tomcat.autoconfigure.servlet.Tomcat", "jetty.autoconfigure.servlet.Jetty" })
	void noSpellingIsFree(String otherContainer) throws Exception {
		for (String context : new String[] { "", "/shop" }) {
			try (RunningShop shop = new RunningShop(Application.class, RunningShop.without(otherContainer),
					"server.servlet.context-path=" + context, "x402.routes[0].path=/api/routed",
					"x402.routes[0].price=0.01")) {
				for (String handler : new String[] { "premium", "routed" }) {
					check(shop, context, handler);
				}
			}
		}
	}

	private static void check(RunningShop shop, String context, String handler) throws IOException {
		String hex = "%" + Integer.toHexString(handler.charAt(0)) + handler.substring(1);
		for (String path : RUN) {
			String target = context + path.replace("%70remium", hex).replace("premium", handler);
			assertThat(send(shop, "GET " + target)).as(target).startsWith("HTTP/1.1 402").doesNotContain("goods");
			assertThat(send(shop, "HEAD " + target)).as(target).startsWith("HTTP/1.1 402");
			assertThat(send(shop, "GET http://localhost" + target)).as(target).startsWith("HTTP/1.1 402");
		}
		for (String path : DO_NOT_RUN) {
			String target = context + path.replace("premium", handler);
			assertThat(send(shop, "GET " + target)).as(target).doesNotContain("HTTP/1.1 200", "goods");
		}
		assertThat(send(shop, "OPTIONS " + context + "/api/" + handler)).doesNotContain("goods");
	}

	private static String send(RunningShop shop, String line) throws IOException {
		try (Socket socket = new Socket("localhost", shop.port())) {
			socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
			socket.getOutputStream()
				.write((line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.UTF_8));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@RestController
	static class Api {

		@GetMapping("/api/premium")
		@X402Price("0.10")
		String premium() {
			return "goods";
		}

		@GetMapping("/api/routed")
		String routed() {
			return "goods";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Api.class)
	static class Application {

	}

}
