package io.github.x402sessions.spring;

import java.net.http.HttpResponse;

import io.github.x402sessions.core.protocol.PaymentHeader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Of two configured prices the lower one never buys what costs the higher one, however
 * its path is spelled.
 */
class NestedPriceTests {

	private static final String DEAR = "402 10000000";

	private static final String[] BOOK = { "/premium/book.txt", "//premium/book.txt", "/premium//book.txt",
			"/./premium/book.txt", "/%2e/premium/book.txt", "/x/../premium/book.txt", "/giveaways/../premium/book.txt",
			"/giveaways/x/../../premium/book.txt", "/giveaways/%2e%2e/premium/book.txt",
			"/giveaways/..;x/premium/book.txt", "/giveaways/.%2e;y/premium/book.txt", "/premium;x/book.txt",
			"/premium/book.txt/", "/premium/book.txt/.", "/premium/%62ook.txt",
			"/giveaways/premium/..//../premium/book.txt", "/premium/x/../book.txt",
			"/giveaways%2F..%2Fpremium/book.txt", "/v1/premium/book.txt", "/v1/giveaways/../premium/book.txt",
			"/giveaways/../v1/premium/book.txt", "/v1//premium/book.txt", "/giveaways/v1/../../premium/book.txt",
			"/giveaways//../premium/book.txt" };

	@ParameterizedTest
	@ValueSource(strings = { "tomcat.autoconfigure.servlet.Tomcat", "jetty.autoconfigure.servlet.Jetty" })
	void theDearerFileIsNotSoldForLess(String otherContainer) throws Exception {
		try (RunningShop shop = new RunningShop(Application.class, RunningShop.without(otherContainer),
				"spring.web.resources.static-locations=classpath:/shop-files/",
				"spring.web.resources.chain.strategy.fixed.enabled=true",
				"spring.web.resources.chain.strategy.fixed.version=v1", "x402.routes[0].path=/**",
				"x402.routes[0].price=0.01", "x402.routes[1].path=/premium/**", "x402.routes[1].price=1.00",
				"x402.routes[2].path=/giveaways/**", "x402.routes[2].price=0.02")) {
			for (String path : BOOK) {
				HttpResponse<String> asked = shop.send(path);
				assertThat(asked.body()).as(path).doesNotContain("TOPSECRET");
				String answer = shop.ask(path);
				if (asked.headers().firstValue(PaymentHeader.REQUIRED).isPresent()
						&& shop.askWithPaymentFor(path, path).contains("TOPSECRET")) {
					assertThat(answer).as(path).isEqualTo(DEAR);
				}
			}
			assertThat(shop.ask("/premium/book.txt")).isEqualTo(DEAR);
			assertThat(shop.ask("/v1/premium/book.txt")).isEqualTo(DEAR);
			assertThat(shop.ask("//premium/book.txt")).matches("(?s)(402 10000000|400 .*)");
			assertThat(shop.ask("/giveaways/../premium/book.txt")).isEqualTo(DEAR);
			assertThat(shop.ask("/giveaways/../premium/none.txt")).startsWith("400 ").contains("ambiguous-path");
			assertThat(shop.ask("/giveaways/x")).isEqualTo("402 200000");
			assertThat(shop.ask("/giveaways/x/")).isEqualTo("402 200000");
			assertThat(shop.ask("/premium/book.txt/")).isEqualTo(DEAR);
			assertThat(shop.ask("/v1/free.txt")).isEqualTo("402 100000");
			assertThat(shop.askWithPaymentFor("/free.txt", "/free.txt")).isEqualTo("200 free\n");
			assertThat(shop.askWithPaymentFor("/v1/premium/book.txt", "/v1/premium/book.txt"))
				.isEqualTo("200 TOPSECRET\n");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
