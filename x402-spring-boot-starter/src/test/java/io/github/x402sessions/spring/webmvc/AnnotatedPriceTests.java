package io.github.x402sessions.spring.webmvc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.servlet.payment.RequestPayment;
import io.github.x402sessions.spring.BoundProperties;
import io.github.x402sessions.spring.RequestPricer;
import io.github.x402sessions.spring.RunningShop;
import io.github.x402sessions.spring.X402Accept;
import io.github.x402sessions.spring.X402Price;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that {@link X402Price} can say, in one application on a port.
 */
class AnnotatedPriceTests {

	private static final String OTHER = "GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG";

	private static RunningShop shop;

	@BeforeAll
	static void start() {
		shop = new RunningShop(Application.class, "chat.price=0.07", "x402.max-timeout=90s",
				"x402.routes[0].path=/functional/{id}", "x402.routes[0].price=0.04",
				"x402.routes[1].path=/static/*.txt", "x402.routes[1].price=0.05", "x402.routes[2].path=/several",
				"x402.routes[2].accepts[0].price=1", "x402.routes[2].accepts[1].price=2",
				"x402.routes[2].accepts[1].network=stellar:pubnet", "spring.mvc.apiversion.use.header=Version",
				"spring.mvc.apiversion.supported=1,2", "spring.mvc.apiversion.default=1");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/class/own             | 402 200000
			/class/inherited       | 402 300000
			/class2/inherited      | 402 350000
			/composed              | 402 600000
			/placeholder           | 402 700000
			/dynamic/5             | 402 5000000
			/conditions?paid=yes   | 402 800000
			/conditions?paid=no    | 200 free
			/functional/1          | 402 400000
			/free-function         | 200 free
			/static/goods.txt      | 402 500000
			/static/goods.txt/     | 402 500000
			/static/goods.txt//    | 402 500000
			/static/goods.txt/.    | 402 500000
			/several               | 402 10000000
			/maybe                 | 200 false
			""")
	void asks(String path, String expected) throws Exception {
		assertThat(shop.ask(path)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/class/own             | 200 own
			/class2/inherited      | 200 inherited
			/dynamic/5             | 200 5
			/functional/1          | 200 function 400000
			/static/goods.txt      | 200 goods
			/argument              | 200 900000
			""")
	void paysAndGets(String path, String expected) throws Exception {
		assertThat(shop.askWithPaymentFor(path, path).trim()).isEqualTo(expected);
	}

	@Test
	void whatIsPaidForOnePriceDoesNotBuyAnother() throws Exception {
		assertThat(shop.askWithPaymentFor("/dynamic/5", "/dynamic/6")).isEqualTo("402 6000000");
		assertThat(shop.askWithPaymentFor("/class/inherited", "/class2/inherited")).isEqualTo("402 350000");
	}

	@Test
	void apiVersionsHaveTheirOwnPrices() throws Exception {
		assertThat(shop.ask("/versions", "Version", "1")).isEqualTo("402 100000");
		assertThat(shop.ask("/versions", "Version", "2")).isEqualTo("402 200000");
	}

	@Test
	void aPriceThatCannotBeFoundRunsNothing() throws Exception {
		assertThat(shop.send("/dynamic/free").statusCode()).isEqualTo(500);
		assertThat(shop.send("/dynamic/0").statusCode()).isEqualTo(500);
	}

	@Test
	void everyTermCanBeChanged() throws Exception {
		PaymentRequired challenge = shop.challenge("/terms");
		assertThat(challenge.accepts()).hasSize(2);
		PaymentRequirements first = challenge.accepts().get(0);
		assertThat(first.payTo()).isEqualTo(OTHER);
		assertThat(first.amount()).isEqualTo("10");
		assertThat(first.asset()).isEqualTo("CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC");
		assertThat(first.maxTimeoutSeconds()).isEqualTo(90);
		assertThat(challenge.accepts().get(1).payTo()).isEqualTo(BoundProperties.MERCHANT);
		assertThat(challenge.resource().mimeType()).isEqualTo("text/plain");
	}

	@Target({ ElementType.METHOD, ElementType.TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@X402Price(description = "composed")
	@interface Premium {

		@AliasFor(annotation = X402Price.class, attribute = "price")
		String value() default "0.06";

	}

	static class Base {

		@GetMapping("/inherited")
		String inherited() {
			return "inherited";
		}

	}

	@RestController
	@RequestMapping("/class")
	@X402Price("0.03")
	static class Priced extends Base {

		@GetMapping("/own")
		@X402Price("0.02")
		String own() {
			return "own";
		}

	}

	@RestController
	@RequestMapping("/class2")
	@X402Price("0.035")
	static class Priced2 extends Base {

	}

	@RestController
	static class Api {

		@GetMapping("/composed")
		@Premium
		String composed() {
			return "composed";
		}

		@GetMapping("/placeholder")
		@X402Price("${chat.price}")
		String placeholder() {
			return "placeholder";
		}

		@GetMapping("/dynamic/{tokens}")
		@X402Price(priceFrom = TokenPricer.class)
		String dynamic(Payment payment) {
			return payment.asset().toDecimal(payment.amount()).replace("0.", "");
		}

		@GetMapping(path = "/conditions", params = "paid=yes")
		@X402Price("0.08")
		String paid() {
			return "paid";
		}

		@GetMapping(path = "/conditions", params = "paid=no")
		String unpaid() {
			return "free";
		}

		@GetMapping(path = "/versions", version = "1")
		@X402Price("0.01")
		String one() {
			return "one";
		}

		@GetMapping(path = "/versions", version = "2")
		@X402Price("0.02")
		String two() {
			return "two";
		}

		@GetMapping("/argument")
		@X402Price("0.09")
		String argument(Payment payment) {
			return payment.amount().toString();
		}

		@GetMapping("/maybe")
		String maybe(Optional<Payment> payment) {
			return String.valueOf(payment.isPresent());
		}

		@GetMapping("/terms")
		@X402Price(price = "0.1", asset = "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC",
				assetDecimals = "2", payTo = OTHER, mimeType = "text/plain", accepts = @X402Accept(price = "0.5"))
		String terms() {
			return "terms";
		}

	}

	static class TokenPricer implements RequestPricer {

		@Override
		public String price(HttpServletRequest request) {
			return "0." + request.getRequestURI().replaceFirst(".*/", "");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Api.class, Priced.class, Priced2.class, TokenPricer.class })
	static class Application {

		@Bean
		RouterFunction<ServerResponse> functions() {
			return RouterFunctions.route()
				.GET("/functional/{id}",
						(request) -> ServerResponse.ok()
							.body("function " + RequestPayment.of(request.servletRequest()).orElseThrow().amount()))
				.GET("/free-function", (request) -> ServerResponse.ok().body("free"))
				.build();
		}

	}

}
