package io.github.x402sessions.spring.webmvc;

import io.github.x402sessions.spring.RunningShop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.util.DigestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A priced file costs the same by whatever name it is served.
 */
class StaticResourcePathsTests {

	private static final String HASH = DigestUtils.md5DigestAsHex("TOPSECRET\n".getBytes());

	@ParameterizedTest
	@CsvSource({ "tomcat.autoconfigure.servlet.Tomcat, ''", "jetty.autoconfigure.servlet.Jetty, ''",
			"tomcat.autoconfigure.servlet.Tomcat, /app" })
	void versionedFilesAreCharged(String otherContainer, String servletPath) throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, RunningShop.without(otherContainer),
				"spring.mvc.servlet.path=" + (servletPath.isEmpty() ? "/" : servletPath),
				"spring.web.resources.static-locations=classpath:/nowhere/,classpath:/shop-files/",
				"spring.web.resources.chain.strategy.fixed.enabled=true",
				"spring.web.resources.chain.strategy.fixed.paths=/**",
				"spring.web.resources.chain.strategy.fixed.version=v12",
				"spring.web.resources.chain.strategy.content.enabled=true",
				"spring.web.resources.chain.strategy.content.paths=/premium/**",
				"spring.web.resources.chain.compressed=true",
				"x402.routes[0].path=" + servletPath + "/premium/book.txt", "x402.routes[0].price=0.01")) {
			for (String path : new String[] { "/premium/book.txt", "/v12/premium/book.txt",
					"/premium/book-" + HASH + ".txt", "/v12//premium/book.txt" }) {
				String asked = servletPath + path;
				assertThat(shop.ask(asked, "Accept-Encoding", "gzip")).as(asked)
					.doesNotContain("TOPSECRET")
					.doesNotStartWith("200");
			}
			assertThat(shop.ask(servletPath + "/v12/premium/book.txt")).startsWith("402 100000");
			assertThat(shop.ask(servletPath + "/premium/book-" + HASH + ".txt")).startsWith("402 100000");
			assertThat(shop.askWithPaymentFor(servletPath + "/premium/book.txt",
					servletPath + "/premium/book-" + HASH + ".txt"))
				.isEqualTo("200 TOPSECRET\n");
			assertThat(shop.ask(servletPath + "/free.txt")).isEqualTo("200 free\n");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
